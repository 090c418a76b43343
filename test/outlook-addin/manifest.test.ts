/** Four layers over manifest.xml without a network; and faults put in by hand, each of which some layer must see. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { handlerBundle } from './bundle.ts';
import { officeObject, plainOffice } from './fake-office.ts';
import { type Deployment, lintFaults } from './manifest/lint.ts';
import { schemaFaults } from './manifest/schema.ts';
import { vendorFaults } from './manifest/vendor.ts';
import { find, parseXml } from './manifest/xml.ts';

const manifest = readFileSync(join(process.cwd(), 'manifest.xml'), 'utf8');
const folder = join(process.cwd(), 'outlook-addin');
let deployment: Deployment;

beforeAll(async () => {
  deployment = {
    origin: 'https://reelback.example',
    associated: await associatedNames(),
    paneControl: 'openVerdictPane',
    exists: (path) => existsSync(join(folder, path.replace(/\.js$/, '.ts'))),
    pixels: (path) => {
      const file = join(folder, path);
      if (!existsSync(file)) return null;
      const png = readFileSync(file);
      return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), bytes: png.length };
    },
  };
});

/** What the built bundle really associates. */
async function associatedNames(): Promise<string[]> {
  const associated: Record<string, (event: unknown) => void> = {};
  const scope: Record<string, unknown> = { Office: officeObject(plainOffice, associated), setTimeout, clearTimeout };
  vm.runInContext(await handlerBundle(), vm.createContext(scope));
  return Object.keys(associated);
}

async function faultsOf(xml: string) {
  const own = (() => {
    try {
      const root = parseXml(xml);
      return { schema: schemaFaults(root), lint: lintFaults(root, deployment) };
    } catch (error) {
      return { schema: [String(error)], lint: [] };
    }
  })();
  const vendor = await vendorFaults(xml);
  return { ...own, parser: vendor.parser, unified: vendor.schema };
}

test('the manifest passes all four layers', async () => {
  expect(await faultsOf(manifest)).toEqual({ schema: [], lint: [], parser: [], unified: [] });
});

test('it asks for no more than to read the open item, and stays small', () => {
  const root = parseXml(manifest);
  expect(find(root, 'Permissions')[0]?.text).toBe('ReadItem');
  expect(manifest.length).toBeLessThan(256 * 1024);
  expect(find(root, 'SupportsSharedFolders')[0]?.text).toBe('true');
});

test('the placeholder origin is the only one, so that the server can put its own in place', () => {
  const addresses = manifest.match(/https:\/\/[^/"<\s]+/g) ?? [];
  expect(new Set(addresses)).toEqual(new Set(['https://reelback.example']));
});

const long = 'x'.repeat(251);
/** What is put in, and how the fault is named. */
const faults: [string, (xml: string) => string, RegExp][] = [
  ['an element that is not closed', (xml) => xml.replace('</Supertip>', ''), /<Supertip> is not closed/],
  ['an id that is no GUID', (xml) => xml.replace(/<Id>.*<\/Id>/, '<Id>reelback</Id>'), /Id: "reelback"/],
  [
    'a version with letters',
    (xml) => xml.replace(/<Version>.*<\/Version>/, '<Version>1.0-beta</Version>'),
    /Version: "1\.0-beta"/,
  ],
  ['an unknown permission', (xml) => xml.replace('ReadItem<', 'ReadEverything<'), /Permissions: "ReadEverything"/],
  [
    'permissions after the rule',
    (xml) => xml.replace(/( *<Permissions>.*\n)( *<Rule .*\n)/, '$2$1'),
    /<Permissions> is unknown here or out of order/,
  ],
  [
    'hosts after requirements',
    (xml) => xml.replace(/( {2}<Hosts>[\s\S]*?<\/Hosts>\n)( {2}<Requirements>[\s\S]*?<\/Requirements>\n)/, '$2$1'),
    /<Hosts> is unknown here or out of order/,
  ],
  ['a form higher than 450', (xml) => xml.replace('>450<', '>460<'), /RequestedHeight: "460"/],
  [
    'plain http',
    (xml) =>
      xml.replace(
        '"https://reelback.example/addins/outlook/pane.html"',
        '"http://reelback.example/addins/outlook/pane.html"',
      ),
    /DefaultValue="http:/,
  ],
  ['no supertip', (xml) => xml.replace(/<Supertip>[\s\S]*?<\/Supertip>/, ''), /0 of <Supertip>/],
  ['an icon of 80 px missing', (xml) => xml.replace('<bt:Image size="80" resid="Icon.80"/>', ''), /no icon 80@1/],
  [
    'an icon with other pixels',
    (xml) => xml.replace('size="80" resid="Icon.80"', 'size="80" resid="Icon.64"'),
    /icon-64\.png is 64 px, not 80/,
  ],
  ['an icon file that is not there', (xml) => xml.replace('icon-40.png', 'icon-41.png'), /icon-41\.png is not served/],
  [
    'a page that is not there',
    (xml) => xml.replaceAll('/commands.html', '/command.html'),
    /command\.html is not served/,
  ],
  [
    'a label without its string',
    (xml) => xml.replace('<bt:String id="Report.Label"', '<bt:String id="Report.Name"'),
    /0 short resources "Report\.Label"/,
  ],
  [
    'a tip that points at a short string',
    (xml) => xml.replace('<Description resid="Report.Tip"/>', '<Description resid="Report.Label"/>'),
    /0 long resources "Report\.Label"/,
  ],
  [
    'a string longer than 125',
    (xml) => xml.replace('DefaultValue="Spam"', `DefaultValue="${'x'.repeat(126)}"`),
    /bt:ShortStrings\/bt:String: DefaultValue="x{126}"/,
  ],
  [
    'a text longer than 250',
    (xml) => xml.replace(/(id="Dialog.Text" DefaultValue=")[^"]*/, `$1${long}`),
    /bt:LongStrings\/bt:String: DefaultValue="x{251}"/,
  ],
  [
    'a German text longer than 250',
    (xml) => xml.replace(/(id="Dialog.Text"[^>]*>\s*<bt:Override Locale="de-DE" Value=")[^"]*/, `$1${long}`),
    /bt:LongStrings\/bt:String\/bt:Override: Value="x{251}"/,
  ],
  [
    'a resource id longer than 32',
    (xml) => xml.replaceAll('"Options.NotSure"', `"${'y'.repeat(33)}"`),
    /resid="y{33}"/,
  ],
  [
    'six options',
    (xml) => xml.replace('<Option resid="Options.Spam"/>', '<Option resid="Options.Spam"/>'.repeat(4)),
    /6 of <Option>, at most 5/,
  ],
  ['options of an unknown kind', (xml) => xml.replace('inputType="Radio"', 'inputType="Slider"'), /inputType="Slider"/],
  [
    'no dialog',
    (xml) => xml.replace(/<PreProcessingDialog>[\s\S]*<\/PreProcessingDialog>/, ''),
    /0 of <PreProcessingDialog>/,
  ],
  [
    'no report customization',
    (xml) => xml.replace(/<ReportPhishingCustomization>[\s\S]*<\/ReportPhishingCustomization>/, ''),
    /0 of <ReportPhishingCustomization>/,
  ],
  [
    'a report surface on another page than its runtime',
    (xml) => xml.replace(/<SourceLocation resid="WebViewRuntime.Url"\/>/, '<SourceLocation resid="Pane.Url"/>'),
    /SourceLocation "Pane\.Url" is not the runtime/,
  ],
  [
    'a function nobody associates',
    (xml) => xml.replace('>onSpamReport<', '>onReport<'),
    /function "onReport" is not associated/,
  ],
  [
    'a pane button with another id',
    (xml) => xml.replace('id="openVerdictPane">', 'id="openPane">'),
    /"openVerdictPane" opens no pane/,
  ],
  ['an id twice', (xml) => xml.replace('id="reportPhishButton"', 'id="openVerdictPane"'), /id "openVerdictPane" twice/],
  [
    'runtimes after the desktop form factor',
    (xml) =>
      xml.replace(
        /( *<Runtimes>[\s\S]*?<\/Runtimes>\n)( *<DesktopFormFactor>[\s\S]*?<\/DesktopFormFactor>\n)(?= *<Mobile)/,
        '$2$1',
      ),
    /<Runtimes> is unknown here or out of order/,
  ],
  [
    'an unknown extension point',
    (xml) => xml.replace('"ReportPhishingCommandSurface"', '"ReportEverythingCommandSurface"'),
    /unknown type "ReportEverythingCommandSurface"/,
  ],
  ['eight mobile icons', (xml) => xml.replace('<bt:Image size="48" scale="3" resid="Icon.144"/>', ''), /no icon 48@3/],
  [
    '1.1 with the namespace of 1.0',
    (xml) => xml.replace('mailappversionoverrides/1.1"', 'mailappversionoverrides"'),
    /xmlns="http:\/\/schemas\.microsoft\.com\/office\/mailappversionoverrides"/,
  ],
  [
    'an application id that is no GUID',
    (xml) =>
      xml.replace(
        /(<\/Resources>)(\s*<\/VersionOverrides>\s*<\/VersionOverrides>)/,
        '$1<WebApplicationInfo><Id>x</Id><Resource>api://x</Resource></WebApplicationInfo>$2',
      ),
    /WebApplicationInfo\/Id: "x"/,
  ],
  ['a locale that is none', (xml) => xml.replace('Locale="de-DE"', 'Locale="german"'), /Locale="german"/],
];

test.each(faults)('%s is seen', async (_, inject, expected) => {
  const broken = inject(manifest);
  expect(broken).not.toBe(manifest);
  const found = await faultsOf(broken);
  expect(Object.values(found).flat().join('\n')).toMatch(expected);
});

test('Microsoft’s own parser and schema see faults too, not only our table', async () => {
  const noGuid = await vendorFaults(manifest.replace(/<Id>.*<\/Id>/, '<Id>reelback</Id>'));
  const noTip = await vendorFaults(manifest.replace(/<Supertip>[\s\S]*?<\/Supertip>/, ''));
  expect([noGuid.parser, noTip.parser]).toEqual([[expect.any(String)], [expect.any(String)]]);
  const http = await vendorFaults(manifest.replace(/https:\/\/reelback/g, 'http://reelback'));
  expect(http.schema).not.toEqual([]);
});
