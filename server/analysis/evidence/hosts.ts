import { isWithin } from '../domains.ts';

const words = (list: string) => new Set(list.split(/\s+/).filter(Boolean));

/** Services that shorten any address. */
export const SHORTENERS =
  words(`bit.ly tinyurl.com t.co goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly rb.gy shorturl.at t.ly tiny.cc
s.id bl.ink soo.gd lnkd.in shorte.st adf.ly qrco.de q-r.to me-qr.com l.ead.me linktr.ee urlz.fr surl.li u.to clck.ru vk.cc
tiny.one short.gy 2no.co t2m.io dub.sh kutt.it hyperurl.co snip.ly x.co lc.cx zpr.io n9.cl acortar.link encurtador.com.br
bitly.ws shrtco.de gg.gg lihi.cc reurl.cc urlr.me qr.io qr.net scnv.io`);

/** Anybody's page in a minute. The private part of the Public Suffix List is taken as such too. */
export const FREE_HOSTS =
  words(`sites.google.com weebly.com weeblysite.com wixsite.com wordpress.com blogspot.com webflow.io
square.site godaddysites.com yolasite.com jimdosite.com jimdofree.com strikingly.com mystrikingly.com carrd.co glitch.me
000webhostapp.com firebaseapp.com web.app pages.dev workers.dev r2.dev vercel.app netlify.app herokuapp.com onrender.com
azurewebsites.net windows.net azurefd.net azureedge.net appspot.com surge.sh replit.app repl.co github.io gitlab.io
myportfolio.com canva.site framer.app framer.website notion.site gitbook.io softr.app bubbleapps.io duckdns.org ddns.net
no-ip.org hopto.org zapto.org sytes.net dynv6.net ngrok.io ngrok-free.app trycloudflare.com cprapid.com plesk.page
storage.googleapis.com s3.amazonaws.com digitaloceanspaces.com backblazeb2.com wasabisys.com linodeobjects.com
translate.goog fleek.co start.page webnode.page ukit.me umso.co lovable.app typedream.app flazio.com site123.me`);

export const FORM_SERVICES =
  words(`forms.gle docs.google.com/forms forms.office.com forms.microsoft.com typeform.com jotform.com
jotform.co surveymonkey.com formstack.com cognitoforms.com 123formbuilder.com wufoo.com zohopublic.com tally.so paperform.co
formsite.com smartsheet.com/b/form hsforms.com formspree.io forms.zohopublic.com form.jotform.com airtable.com monday.com/forms`);

export const FILE_SERVICES =
  words(`drive.google.com docs.google.com 1drv.ms onedrive.live.com dropbox.com wetransfer.com we.tl mediafire.com mega.nz
box.com sendspace.com transfer.sh gofile.io file.io 4shared.com sharepoint.com files.fm anonfiles.com uploadfiles.io
cdn.discordapp.com filetransfer.io smash.com dropmefiles.com pdfhost.io`);

/** Suffixes that fraud favours because they cost next to nothing. */
export const CHEAP_SUFFIXES =
  words(`tk ml ga cf gq xyz top click link icu buzz cyou cfd sbs rest bond monster quest lol mom beauty hair skin makeup
autos boats homes yachts motorcycles shop store online site website space fun live life world work support services
best loan win bid stream download racing review trade party science date faith accountant cricket men vip wang club
zip mov su pw cc ws info biz ru`);

/** Host (and, where the entry has one, path) of a service in the list; null for none. */
export function serviceOf(services: ReadonlySet<string>, host: string, path: string): string | null {
  let rest = host;
  for (;;) {
    if (services.has(rest)) return rest;
    const dot = rest.indexOf('.');
    if (dot < 0) break;
    rest = rest.slice(dot + 1);
  }
  for (const { service, serviceHost, servicePath } of withPath.get(services) ?? [])
    if (isWithin(host, serviceHost) && path.startsWith(servicePath)) return service;
  return null;
}

const withPath = new Map(
  [SHORTENERS, FREE_HOSTS, FORM_SERVICES, FILE_SERVICES].map((services) => [
    services as ReadonlySet<string>,
    [...services]
      .filter((service) => service.includes('/'))
      .map((service) => ({
        service,
        serviceHost: service.slice(0, service.indexOf('/')),
        servicePath: service.slice(service.indexOf('/')),
      })),
  ]),
);

/** Bits of servicesAt. */
export const SERVICE = { shortener: 1, form: 2, file: 4, page: 8 } as const;

const KINDS = [
  [SHORTENERS, SERVICE.shortener],
  [FORM_SERVICES, SERVICE.form],
  [FILE_SERVICES, SERVICE.file],
  [FREE_HOSTS, SERVICE.page],
] as const;

interface HostServices {
  /** Whatever the path. */
  whole: number;
  paths: { kind: number; path: string }[];
}

/** A cache, not state: bounded, and the answer depends on the host alone. Every link of every mail asks. */
const remembered = new Map<string, HostServices>();
const MOST_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 255;

/** The kinds of services at an address, as bits of SERVICE. */
export function servicesAt(host: string, path: string): number {
  const known = remembered.get(host) ?? lookUp(host);
  let kinds = known.whole;
  for (const each of known.paths) if (path.startsWith(each.path)) kinds |= each.kind;
  return kinds;
}

function lookUp(host: string): HostServices {
  const found: HostServices = { whole: 0, paths: [] };
  for (const [services, kind] of KINDS) {
    if (serviceOf(services, host, '') !== null) found.whole |= kind;
    for (const { serviceHost, servicePath } of withPath.get(services) ?? [])
      if (isWithin(host, serviceHost)) found.paths.push({ kind, path: servicePath });
  }
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  // A slice of its mail would keep all of that alive.
  if (host.length <= LONGEST_REMEMBERED) remembered.set(Buffer.from(host).toString(), found);
  return found;
}
