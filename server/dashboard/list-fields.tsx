/** What is asked for a new entry of each list. */
import type { NewListEntry } from '../../shared/list-entry.ts';
import type { ListName, ListWords } from './list-words.ts';

const FLOORS = ['MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK'] as const;
/** Kinds that cannot be told from the value come last. */
const KINDS: Partial<Record<ListName, readonly string[]>> = {
  allow_policies: ['', 'server_name'],
  block_senders: ['', 'server_name', 'url_host', 'pattern'],
};

interface ListFieldsProps {
  name: ListName;
  words: ListWords;
  dispositions: Record<string, string>;
}

export function ListFields({ name, words, dispositions }: ListFieldsProps) {
  const kinds = KINDS[name];
  return (
    <>
      <Text name="value" label={words.value[name]} required maxLength={1000} />
      {kinds && (
        <select name="kind" aria-label={words.kind}>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {words.kinds[kind]}
            </option>
          ))}
        </select>
      )}
      {name === 'block_senders' && (
        <select name="disposition" aria-label={words.floor}>
          {FLOORS.map((floor) => (
            <option key={floor} value={floor}>
              {dispositions[floor]}
            </option>
          ))}
        </select>
      )}
      {name === 'allow_policies' && (
        <select name="trust" aria-label={words.titles[name][0]}>
          {(['trusted', 'acceptable'] as const).map((trust) => (
            <option key={trust} value={trust}>
              {words.trust[trust]}
            </option>
          ))}
        </select>
      )}
      {name === 'trusted_domains' &&
        (['similarity', 'recent'] as const).map((flag) => (
          <label key={flag} class="check">
            <input type="checkbox" name={flag} defaultChecked />
            {words[flag]}
          </label>
        ))}
      {name === 'impersonation_registry' && <Text name="addresses" label={words.addresses} required maxLength={2000} />}
      {name === 'simulations' && (
        <>
          <Text name="header_name" label={words.headerName} maxLength={100} />
          <Text name="header_value" label={words.headerValue} maxLength={500} />
        </>
      )}
      <Text name="comment" label={words.comment} maxLength={500} />
    </>
  );
}

function Text({ label, ...input }: { name: string; label: string; required?: boolean; maxLength: number }) {
  return <input {...input} aria-label={label} placeholder={label} />;
}

/** The entry that the form describes; what was left empty is not sent. */
export function entryOf(list: ListName, fields: FormData): NewListEntry {
  const text = (name: string) => String(fields.get(name) ?? '').trim();
  const given = (name: string) => (text(name) === '' ? {} : { [name]: text(name) });
  const flags =
    list === 'trusted_domains' ? { similarity: fields.has('similarity'), recent: fields.has('recent') } : {};
  const header = text('header_name');
  return {
    value: text('value'),
    ...given('kind'),
    ...given('disposition'),
    ...given('trust'),
    ...given('comment'),
    ...flags,
    ...(list === 'impersonation_registry'
      ? {
          addresses: text('addresses')
            .split(/[\s,;]+/)
            .filter(Boolean),
        }
      : {}),
    ...(header === ''
      ? {}
      : { header: { name: header, ...(text('header_value') ? { value: text('header_value') } : {}) } }),
  };
}
