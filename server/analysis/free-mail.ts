const FREE = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com rocketmail.com aol.com aim.com
icloud.com me.com mac.com gmx.com gmx.net gmx.de gmx.at gmx.ch web.de freenet.de t-online.de mail.com email.com proton.me
protonmail.com pm.me tutanota.com tuta.io zoho.com zohomail.eu yandex.com yandex.ru mail.ru bk.ru inbox.ru list.ru rambler.ru
ukr.net qq.com 163.com 126.com sina.com foxmail.com naver.com daum.net hanmail.net orange.fr wanadoo.fr free.fr laposte.net
sfr.fr libero.it virgilio.it tiscali.it alice.it uol.com.br bol.com.br terra.com.br ig.com.br seznam.cz wp.pl o2.pl onet.pl
interia.pl abv.bg rediffmail.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net btinternet.com
sky.com virginmedia.com ntlworld.com bigpond.com optusnet.com.au hushmail.com fastmail.com mailfence.com posteo.de mailbox.org
gawab.com excite.com lycos.com inbox.com`
    .split(/\s+/)
    .filter(Boolean),
);
const FREE_LABEL = /^(?:yahoo|hotmail|outlook|live)\.(?:[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})$/;

/** Providers where anybody gets an address for nothing. Own list, by mail domain. */
export function isFreeMail(domain: string): boolean {
  return FREE.has(domain) || FREE_LABEL.test(domain);
}
