/** Character references of HTML: numbers, and the names that mail uses (HTML 4 and the ASCII ones that hide text from filters). */

import { fromWindows1252 } from './windows-1252.ts';

/** name, character, name, character ... */
const NAMES =
  'Aacute \u00c1 aacute \u00e1 Acirc \u00c2 acirc \u00e2 acute \u00b4 AElig \u00c6 aelig \u00e6 Agrave ' +
  '\u00c0 agrave \u00e0 alefsym \u2135 Alpha \u0391 alpha \u03b1 amp & AMP & and \u2227 ang \u2220 ' +
  'Aogon \u0104 aogon \u0105 apos \u0027 ApplyFunction \u2061 Aring \u00c5 aring \u00e5 ast * asymp ' +
  '\u2248 Atilde \u00c3 atilde \u00e3 Auml \u00c4 auml \u00e4 bdquo \u201e Beta \u0392 beta \u03b2 ' +
  'breve \u02d8 brvbar \u00a6 bsol \u005c bull \u2022 Cacute \u0106 cacute \u0107 cap \u2229 caron ' +
  '\u02c7 Ccaron \u010c ccaron \u010d Ccedil \u00c7 ccedil \u00e7 cedil \u00b8 cent \u00a2 centerdot ' +
  '\u00b7 check \u2713 Chi \u03a7 chi \u03c7 circ \u02c6 clubs \u2663 colon : comma , commat @ cong ' +
  '\u2245 copy \u00a9 COPY \u00a9 crarr \u21b5 cross \u2717 cup \u222a curren \u00a4 Dagger \u2021 ' +
  'dagger \u2020 dArr \u21d3 darr \u2193 dash \u2010 Dcaron \u010e dcaron \u010f deg \u00b0 Delta ' +
  '\u0394 delta \u03b4 diams \u2666 divide \u00f7 dollar \u0024 dot \u02d9 Eacute \u00c9 eacute \u00e9 ' +
  'Ecaron \u011a ecaron \u011b Ecirc \u00ca ecirc \u00ea Egrave \u00c8 egrave \u00e8 empty \u2205 emsp ' +
  '\u2003 emsp13 \u2004 emsp14 \u2005 ensp \u2002 Eogon \u0118 eogon \u0119 Epsilon \u0395 epsilon ' +
  '\u03b5 equals = equiv \u2261 Eta \u0397 eta \u03b7 ETH \u00d0 eth \u00f0 Euml \u00cb euml \u00eb ' +
  'euro \u20ac excl ! exist \u2203 female \u2640 fflig \ufb00 filig \ufb01 fllig \ufb02 fnof \u0192 ' +
  'forall \u2200 frac12 \u00bd frac14 \u00bc frac34 \u00be frasl \u2044 Gamma \u0393 gamma \u03b3 ' +
  'Gbreve \u011e gbreve \u011f ge \u2265 grave \u0060 gt > GT > hairsp \u200a hArr \u21d4 harr \u2194 ' +
  'Hat ^ hearts \u2665 hellip \u2026 horbar \u2015 hyphen \u2010 Iacute \u00cd iacute \u00ed Icirc ' +
  '\u00ce icirc \u00ee Idot \u0130 iexcl \u00a1 Igrave \u00cc igrave \u00ec image \u2111 imath \u0131 ' +
  'infin \u221e inodot \u0131 int \u222b InvisibleComma \u2063 InvisibleTimes \u2062 Iota \u0399 iota ' +
  '\u03b9 iquest \u00bf isin \u2208 Iuml \u00cf iuml \u00ef Kappa \u039a kappa \u03ba Lambda \u039b ' +
  'lambda \u03bb lang \u2329 laquo \u00ab lArr \u21d0 larr \u2190 lbrace { lbrack [ lceil \u2308 lcub { ' +
  'ldquo \u201c ldquor \u201e le \u2264 lfloor \u230a lowast \u2217 lowbar _ loz \u25ca lpar ( lrm ' +
  '\u200e lsaquo \u2039 lsqb [ lsquo \u2018 lsquor \u201a Lstrok \u0141 lstrok \u0142 lt < LT < macr ' +
  '\u00af male \u2642 mdash \u2014 MediumSpace \u205f micro \u00b5 middot \u00b7 minus \u2212 mldr ' +
  '\u2026 Mu \u039c mu \u03bc nabla \u2207 Nacute \u0143 nacute \u0144 nbsp \u00a0 Ncaron \u0147 ncaron ' +
  '\u0148 ndash \u2013 ne \u2260 NewLine \u000a ni \u220b nldr \u2025 NoBreak \u2060 NonBreakingSpace ' +
  '\u00a0 not \u00ac notin \u2209 nsub \u2284 Ntilde \u00d1 ntilde \u00f1 Nu \u039d nu \u03bd num # ' +
  'numsp \u2007 Oacute \u00d3 oacute \u00f3 Ocirc \u00d4 ocirc \u00f4 Odblac \u0150 odblac \u0151 OElig ' +
  '\u0152 oelig \u0153 Ograve \u00d2 ograve \u00f2 oline \u203e Omega \u03a9 omega \u03c9 Omicron ' +
  '\u039f omicron \u03bf oplus \u2295 or \u2228 ordf \u00aa ordm \u00ba Oslash \u00d8 oslash \u00f8 ' +
  'Otilde \u00d5 otilde \u00f5 otimes \u2297 Ouml \u00d6 ouml \u00f6 para \u00b6 part \u2202 percnt % ' +
  'period . permil \u2030 perp \u22a5 Phi \u03a6 phi \u03c6 phone \u260e Pi \u03a0 pi \u03c0 piv \u03d6 ' +
  'plus + plusmn \u00b1 pound \u00a3 Prime \u2033 prime \u2032 prod \u220f prop \u221d Psi \u03a8 psi ' +
  '\u03c8 puncsp \u2008 quest ? quot " QUOT " radic \u221a rang \u232a raquo \u00bb rArr \u21d2 rarr ' +
  '\u2192 rbrace } rbrack ] Rcaron \u0158 rcaron \u0159 rceil \u2309 rcub } rdquo \u201d rdquor \u201d ' +
  'real \u211c reg \u00ae REG \u00ae rfloor \u230b Rho \u03a1 rho \u03c1 rightarrow \u2192 Rightarrow ' +
  '\u21d2 ring \u02da rlm \u200f rpar ) rsaquo \u203a rsqb ] rsquo \u2019 rsquor \u2019 Sacute \u015a ' +
  'sacute \u015b sbquo \u201a Scaron \u0160 scaron \u0161 Scedil \u015e scedil \u015f sdot \u22c5 sect ' +
  '\u00a7 semi ; shy \u00ad Sigma \u03a3 sigma \u03c3 sigmaf \u03c2 sim \u223c sol / spades \u2660 star ' +
  '\u2606 starf \u2605 sub \u2282 sube \u2286 sum \u2211 sup \u2283 sup1 \u00b9 sup2 \u00b2 sup3 \u00b3 ' +
  'supe \u2287 szlig \u00df Tab \u0009 Tau \u03a4 tau \u03c4 Tcaron \u0164 tcaron \u0165 there4 \u2234 ' +
  'Theta \u0398 theta \u03b8 thetasym \u03d1 thinsp \u2009 THORN \u00de thorn \u00fe tilde \u02dc times ' +
  '\u00d7 trade \u2122 Uacute \u00da uacute \u00fa uArr \u21d1 uarr \u2191 Ucirc \u00db ucirc \u00fb ' +
  'Udblac \u0170 udblac \u0171 Ugrave \u00d9 ugrave \u00f9 uml \u00a8 upsih \u03d2 Upsilon \u03a5 ' +
  'upsilon \u03c5 Uring \u016e uring \u016f Uuml \u00dc uuml \u00fc verbar | vert | weierp \u2118 Xi ' +
  '\u039e xi \u03be Yacute \u00dd yacute \u00fd yen \u00a5 Yuml \u0178 yuml \u00ff Zacute \u0179 zacute ' +
  '\u017a Zcaron \u017d zcaron \u017e Zdot \u017b zdot \u017c ZeroWidthSpace \u200b Zeta \u0396 zeta ' +
  '\u03b6 zwj \u200d zwnj \u200c';

const TABLE = new Map<string, string>();
{
  const words = NAMES.split(' ');
  for (let i = 0; i + 1 < words.length; i += 2) TABLE.set(words[i] as string, words[i + 1] as string);
}
/** Names that count without a semicolon, as browsers read them. */
const BARE = new Set('amp lt gt quot nbsp copy reg shy AMP LT GT QUOT COPY REG'.split(' '));
const REFERENCE = /&(?:#[xX]([0-9A-Fa-f]{1,8});?|#(\d{1,9});?|([A-Za-z][A-Za-z0-9]{1,31})(;?))/g;

/** Text with its character references decoded; what is none stays as written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    REFERENCE,
    (whole, hex: string | undefined, decimal: string | undefined, name: string, end: string) => {
      if (hex !== undefined) return character(Number.parseInt(hex, 16));
      if (decimal !== undefined) return character(Number(decimal));
      if (end === ';') return TABLE.get(name) ?? whole;
      return BARE.has(name) ? (TABLE.get(name) ?? whole) : whole;
    },
  );
}

function character(code: number): string {
  // The HTML standard reads the C1 range as windows-1252, because authors meant that.
  if (code >= 0x80 && code <= 0x9f) return fromWindows1252(String.fromCharCode(code));
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return String.fromCodePoint(code);
}
