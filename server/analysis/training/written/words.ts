/** What fills the slots of a scenario. Invented names; no real person, company or address. */
const list = (text: string) => text.split('|');

export const WORDS = {
  device: list('Windows PC|iPhone|Android phone|MacBook|iPad|Linux|Chrome on Windows|Safari on macOS|Firefox|Pixel'),
  city: list(
    'Hamburg|Lyon|Porto|Leeds|Austin|Toronto|Utrecht|Bologna|Sevilla|Graz|Basel|Malmö|Cork|Denver|Curitiba|Nantes|Leipzig|Perth|Oslo|Gdańsk',
  ),
  shop: list(
    'Bergholz Outdoor|Lumen & Oak|Tidewater Books|Novara Home|Kestrel Cycles|Maison Verel|Pixelgarten|Brightfold|Orsa Kids|Halden Tools|Casa Lirio|Velo Nord',
  ),
  person: list(
    'Ana Moreno|Jonas Brandt|Priya Iyer|Tom Haddad|Elena Petrov|Luis Ferreira|Marie Dubois|Sven Lindqvist|Grace Okafor|Kenji Tanaka|Laura Rossi|Paul Weber',
  ),
  doc: list(
    'Budget draft|Q3 roadmap|Offer_final.docx|Meeting notes|Team holidays|Project plan.xlsx|Onboarding checklist|Design review',
  ),
  topic: list(
    'remote work|city gardens|supply chains|accessible design|the new tax rules|indoor plants|data protection|cargo bikes|project Lighthouse|the budget|open source in schools|winter running',
  ),
  repo: list('harbour/tugboat|lumen/web|team-platform|kestrel/api|design-system'),
  month: list('January|March|May|July|September|November'),
  weekday: list('Monday|Tuesday|Wednesday|Thursday|Friday'),
  time: list('08:14|11:52|14:07|19:31|22:40'),
} as const;

/** First and second half of an invented company's name; with a suffix they make its domain. */
export const HALVES = [
  list('nor|lum|kes|tal|ver|bri|ost|cal|mar|fen|hal|sol|pin|gra|bel|tor|wes|ari|zen|pol|quin|var|dun|eld'),
  list(
    'velia|market|wick|haven|bright|folio|stad|mont|ware|lab|works|studio|travel|fit|home|books|energy|clinic|bank|press|data|school|garden|cycle',
  ),
] as const;
export const SUFFIXES = list('com|com|com|de|fr|co.uk|io|org|net|nl|it|es|com.br|at|ch|eu|app|se');
/** Where lures live when they do not borrow a broken-into site. */
export const LURE_SUFFIXES = list('com|net|info|xyz|top|online|site|shop|click|ru|cn|buzz|live|icu|com.br|co|id|in');
export const SHARED_HOSTS = list(
  'weebly.com|web.app|pages.dev|workers.dev|duckdns.org|netlify.app|vercel.app|myportfolio.com|blogspot.com|r2.dev|firebaseapp.com|glitch.me',
);
export const FREE_MAIL = list('gmail.com|outlook.com|hotmail.com|yahoo.com|gmx.de|aol.com|icloud.com');
