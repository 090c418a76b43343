/** The page on which one chooses who one is: the real provider would ask for a password. */

export interface Choice {
  name: string;
  address: string;
  roles: string[];
  href: string;
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

export function chooserPage(companyName: string, people: readonly Choice[], cancelHref: string): string {
  const rows = people.map(
    ({ name, address, roles, href }) => `
      <li><a href="${escaped(href)}"><strong>Sign in as ${escaped(name)}</strong>
        <span>${escaped(address)}</span><span class="roles">${escaped(roles.join(', ') || 'no role')}</span></a></li>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Sign in · ${escaped(companyName)}</title>
    <style>
      :root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }
      body { display: grid; place-items: center; min-height: 100vh; margin: 0; background: light-dark(#f3f4f6, #15171a); }
      main { box-sizing: border-box; width: min(440px, 100vw); padding: 32px 24px; border-radius: 12px;
             background: light-dark(#fff, #1f2226); }
      h1 { margin: 0 0 4px; font-size: 22px; }
      p { margin: 0 0 20px; color: light-dark(#555, #aaa); }
      ul { display: grid; gap: 8px; margin: 0 0 20px; padding: 0; list-style: none; }
      li a { display: grid; gap: 2px; padding: 12px 14px; border: 1px solid light-dark(#d5d8dd, #3a3f46);
             border-radius: 8px; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
      li a:hover, li a:focus-visible { border-color: light-dark(#0f6cbd, #62abf5); }
      .roles { color: light-dark(#0f6cbd, #62abf5); font-size: 14px; }
    </style>
  </head>
  <body>
    <main>
      <h1>${escaped(companyName)}</h1>
      <p>Simulated sign-in: choose who you are. A real provider would ask for more.</p>
      <ul>${rows.join('')}
      </ul>
      <a href="${escaped(cancelHref)}">Cancel</a>
    </main>
  </body>
</html>
`;
}
