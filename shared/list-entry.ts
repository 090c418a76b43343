/** Entries of the lists that the verdict and PSR read, as the HTTP API takes and gives them. */
import Type, { type Static } from 'typebox';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const strict = { additionalProperties: false };

/** How the value of an entry is compared. Which kinds a list takes: `LISTS` in the guide. */
export const LIST_KINDS = ['address', 'domain', 'ip', 'server_name', 'url_host', 'sha256', 'pattern', 'name'] as const;

const listOptions = {
  kind: Type.Optional(
    Type.Enum([...LIST_KINDS], { description: 'Told from the value where it can be: address, domain, ip, sha256.' }),
  ),
  /** block_senders: the least that a match makes of a mail; MALICIOUS when it is not given. */
  disposition: Type.Optional(Type.Enum(['MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK'])),
  /** allow_policies: `trusted` (default): no action by itself; `acceptable`: only spam, spoof and bulk are let pass. */
  trust: Type.Optional(Type.Enum(['trusted', 'acceptable'])),
  /** trusted_domains: neither its age (`recent`) nor its likeness to other names (`similarity`) is a sign; both by default. */
  recent: Type.Optional(Type.Boolean()),
  similarity: Type.Optional(Type.Boolean()),
  /** impersonation_registry: the addresses that are really this person's. */
  addresses: Type.Optional(Type.Array(Type.String({ minLength: 3, maxLength: 320 }), { minItems: 1, maxItems: 50 })),
  /** simulations: a header that must be there besides, with this value when one is given. */
  header: Type.Optional(
    Type.Object(
      { name: Type.String({ minLength: 1, maxLength: 100 }), value: Type.Optional(Type.String({ maxLength: 500 })) },
      strict,
    ),
  ),
};

/** One entry of a list of policies. */
export const ListEntry = Type.Object({
  id: Type.String(),
  value: Type.String(),
  comment: Type.String(),
  created_by: Type.String(),
  created_at: Time,
  ...listOptions,
});
export type ListEntry = Static<typeof ListEntry>;

export const NewListEntry = Type.Object(
  {
    value: Type.String({ minLength: 1, maxLength: 1000 }),
    comment: Type.Optional(Type.String({ maxLength: 500 })),
    ...listOptions,
  },
  strict,
);
export type NewListEntry = Static<typeof NewListEntry>;

/** What is given replaces what was; the rest stays. */
export const ListEntryChange = Type.Partial(NewListEntry);
export type ListEntryChange = Static<typeof ListEntryChange>;

/** A CSV import: all of it or nothing. */
export const ListImport = Type.Object({
  added: Count,
  changed: Count,
  /** Already there, just so. */
  unchanged: Count,
});
export type ListImport = Static<typeof ListImport>;
