const HUES = 8;

/** Initials on a colour that is always the same for the same person. */
export function Avatar({ name, address, small = false }: { name: string; address: string; small?: boolean }) {
  let sum = 0;
  for (const letter of address.toLowerCase()) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return (
    <span class={`avatar hue-${sum % HUES}${small ? ' small' : ''}`} aria-hidden="true">
      {initials(name || address)}
    </span>
  );
}

function initials(name: string): string {
  const parts = name
    .replace(/[^\p{L}\p{N}\s@.-]/gu, '')
    .split(/[\s.@-]+/)
    .filter(Boolean);
  const [first = '?', second = ''] = parts;
  return `${first[0] ?? '?'}${second[0] ?? ''}`.toUpperCase();
}
