import type { Signatures } from './signatures.ts';
export declare function signaturesOf(typesDir: string): Signatures;
