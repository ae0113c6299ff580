/** A join token's public id → what is needed to know it again; its secret is nowhere. */
export interface JoinTokenDocument {
  readonly _id: string;
  /** SHA-256 of the secret. */
  readonly hash: string;
  readonly createdBy: string;
  readonly expiresAtMs: number;
}

/** A machine's id, which is that of the token it joined with: the one insert that wins is the token's one use. */
export interface MachineDocument {
  readonly _id: string;
  readonly name: string;
  /** The raw Ed25519 key in base64url. */
  readonly publicKey: string;
  readonly joinedAtMs: number;
  readonly invitedBy: string;
}

/** A name → the machine that has it: the insert that wins. */
export interface MachineNameDocument {
  readonly _id: string;
  readonly machine: string;
}
