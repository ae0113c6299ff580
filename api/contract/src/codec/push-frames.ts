/** The frames of a push: FORMAT.md, "Push". */
export const pushMagic = [0x44, 0x53, 0x50];
export const pushVersion = 1;
export const frames = { report: 1, description: 2, block: 3, roster: 4 } as const;
