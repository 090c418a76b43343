/** The shape of signatures.json. */
export type ValueType =
  | 'any'
  | 'void'
  | 'null'
  | 'object'
  | 'string'
  | 'number'
  | 'boolean'
  | 'date'
  | { enum: string }
  | { literal: string | number }
  | { double: string }
  | { array: ValueType }
  | { record: ValueType }
  | { fields: Record<string, { type: ValueType; optional?: boolean }> }
  | { union: ValueType[] }
  | { members: { name: string; of: string[] } };

export interface Signature {
  takes: { type: ValueType; optional?: boolean; rest?: boolean }[];
  gives: ValueType;
}

export interface ServiceType {
  methods: Record<string, Signature[]>;
  /** Property of the service to the enum it holds. */
  enums: Record<string, { name: string; of: string[] }>;
  /** Other types that may stand where this one is wanted. */
  accepts?: string[];
}

export interface Signatures {
  /** Global variable to its type. */
  globals: Record<string, string>;
  types: Record<string, ServiceType>;
}
