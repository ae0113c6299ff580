/** Tests of kube-score that do not fit, and why. */
export const unscored: Readonly<Record<string, string>> = {};
