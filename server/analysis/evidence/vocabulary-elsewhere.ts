/**
 * What lures say in languages beyond those of vocabulary.ts, by the same purposes: Polish, Czech, Romanian, Hungarian,
 * Swedish, Danish, Norwegian, Finnish, Turkish, Indonesian, Greek, Russian and Ukrainian as phrases that begin a word,
 * joined into those of vocabulary.ts; Japanese, Chinese and Korean apart, because they write without gaps.
 */

export const CREDENTIAL_ELSEWHERE = [
  '(?:zweryfikuj|potwierdź|zaktualizuj|zaloguj się|odblokuj) (?:swoje|swój|swoją|dane|tożsamość|konto|do|aby)',
  '(?:ověřte|potvrďte|aktualizujte|přihlaste se|odblokujte) (?:svůj|svou|své|údaje|účet|k|do)',
  '(?:verificați|confirmați|actualizați|autentificați-vă|deblocați) (?:contul|datele|identitatea|în)',
  '(?:erősítse meg|frissítse|igazolja|jelentkezzen be) (?:adatait|fiókját|személyazonosságát|a)',
  '(?:verifiera|bekräfta|uppdatera|logga in) (?:ditt|din|dina|på|med|för)',
  '(?:bekræft|opdater|verificer|log ind|bekreft|oppdater|logg inn) (?:dit|din|dine|på|med|ditt|for)',
  '(?:vahvista|päivitä|kirjaudu) (?:tilisi|tietosi|henkilöllisyytesi|sisään)',
  '(?:hesabınızı|bilgilerinizi|kimliğinizi|şifrenizi) (?:doğrulayın|onaylayın|güncelleyin|yenileyin)',
  '(?:verifikasi|konfirmasi|perbarui) (?:akun|data|identitas|kata sandi) anda',
  '(?:επιβεβαιώστε|επαληθεύστε|ενημερώστε|συνδεθείτε) (?:τα|το|τον|στον|στο)',
  '(?:подтвердите|проверьте|обновите|войдите в|восстановите) (?:свой|ваш|ваши|свои|личность|данные|аккаунт|учетную|пароль)',
  '(?:підтвердьте|перевірте|оновіть|увійдіть) (?:свій|ваш|ваші|свої|дані|у)',
];

export const ACCOUNT_THREAT_ELSEWHERE = [
  '(?:konto|karta|dostęp|skrzynka) (?:[^ .]+ ){0,4}(?:zablokowan|zawieszon|ograniczon|wygas|usunięt)',
  '(?:účet|karta|přístup|schránka) (?:[^ .]+ ){0,4}(?:zablokován|pozastaven|omezen|vyprší|smazán)',
  '(?:contul|cardul|accesul) (?:[^ .]+ ){0,4}(?:suspendat|blocat|restricționat|dezactivat|expir)',
  '(?:fiókja|fiókját|kártyája|hozzáférése) (?:[^ .]+ ){0,4}(?:felfüggeszt|zárol|korlátoz|lejár|töröl)',
  '(?:konto|kontot|kort|tilgang|adgang|åtkomst) (?:[^ .]+ ){0,4}(?:spärrat|spärras|stängs|begränsat|suspender|spærret|lukket|sperret|deaktivert|begrænset)',
  '(?:tilisi|korttisi|pääsy) (?:[^ .]+ ){0,4}(?:lukit|suljet|rajoitet|vanhenee|estet)',
  '(?:hesabınız|kartınız|erişiminiz) (?:[^ .]+ ){0,4}(?:askıya|kısıtlan|kapatıl|engellen|dondurul)',
  '(?:akun|kartu|akses) anda (?:[^ .]+ ){0,3}(?:diblokir|ditangguhkan|dibatasi|dinonaktifkan)',
  '(?:λογαριασμός|κάρτα|πρόσβαση) (?:[^ .]+ ){0,4}(?:ανασταλεί|αποκλειστεί|κλειδωθεί|περιοριστεί|λήγει)',
  '(?:аккаунт|учетная запись|счет|карта|доступ|обліковий запис|рахунок) (?:[^ .]+ ){0,4}(?:заблокир|приостановл|ограничен|удален|истека|заблоков|обмежен|призупинен)',
];

export const URGENCY_ELSEWHERE = [
  '(?:w ciągu|do|během|în|în termen de|inom|innen|inden for|içinde|dalam|εντός|в течение|протягом) (?:najbliższych |následujících |următoarele |de |αυτών των |следующих )?\\d{1,2} ?(?:godzin|dni|hodin|dnů|ore|zile|timmar|timer|saat|jam|ωρών|часов|годин|дней)',
  '\\d{1,2} (?:saat içinde|órán belül|tunnin kuluessa|napon belül)',
  '(?:natychmiast|niezwłocznie|okamžitě|neprodleně|imediat|azonnal|omedelbart|omgående|øjeblikkeligt|umiddelbart|välittömästi|acilen|hemen şimdi|segera|άμεσα|επειγόντως|немедленно|срочно|негайно|терміново)',
];

export const DELIVERY_ELSEWHERE = [
  '(?:paczka|przesyłka|zásilka|balík|coletul|csomag|paket|paketet|pakke|pakken|pakettisi|kargonuz|δέμα|посылка|посилка)[^.]{0,100}(?:opłat|wstrzyman|clo|poplatek|celn|tax|vám|vámkezelés|avgift|tull|gebyr|told|toll|maksu|tulli|gümrük|ücret|τέλη|τελων|пошлин|таможн|оплат|мит)',
];

export const PRIZE_ELSEWHERE = [
  '(?:wygrałeś|wygrała|vyhráli jste|ați câștigat|nyertél|ön nyert|du har vunnit|du har vundet|du har vunnet|olet voittanut|kazandınız|anda menang|κερδίσατε|вы выиграли|ви виграли)',
];

const EAST_ASIAN = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** By the id of the finding. Matched anywhere, at most once a mail. */
const EAST: Readonly<Record<string, RegExp>> = {
  'text.credential':
    /(?:本人確認|ログイン(?:して|情報)|アカウント(?:情報)?(?:を|の)?(?:確認|更新|再認証)|お客様情報の(?:確認|更新)|パスワードの?(?:再設定|更新|変更))|(?:验证|驗證|确认|確認|更新)(?:您|你)?的?(?:帐户|账户|帳戶|帳號|账号|身份|信息|資料|密码|密碼)|(?:계정|본인|비밀번호|정보)(?:을|를)? ?(?:확인|인증|업데이트|변경)/,
  'text.account_threat':
    /(?:アカウント|口座|カード|サービス|アクセス)[^。\n]{0,24}(?:停止|制限|ロック|凍結|無効|解約)|(?:帐户|账户|帳戶|帳號|账号|信用卡|邮箱|郵箱)[^。\n]{0,20}(?:冻结|凍結|停用|限制|锁定|鎖定|暂停|關閉|关闭)|(?:계정|카드|서비스)[^.\n]{0,20}(?:정지|제한|잠금|차단|해지)|不正(?:アクセス|利用|ログイン)|異常な(?:アクセス|ログイン)/,
  'text.urgency':
    /(?:\d{1,2}時間以内|至急|直ちに|速やかに|お早めに|緊急)|(?:\d{1,2}\s?小时内|\d{1,2}\s?小時內|立即|尽快|盡快|紧急|緊急)|(?:\d{1,2}시간 ?(?:이내|내)|즉시|긴급|빨리)/,
  'text.delivery_fee':
    /(?:荷物|お届け|配達|宅配)[^。\n]{0,40}(?:不在|できません|料金|関税|再配達|住所)|(?:包裹|快递|快遞|快件)[^。\n]{0,30}(?:关税|關稅|费用|費用|无法|無法|地址|滞留|滯留)|(?:택배|배송|소포)[^.\n]{0,30}(?:관세|주소|보류|실패|수수료)/,
  'text.prize':
    /(?:当選|おめでとう|プレゼント(?:を)?(?:獲得|受け取)|ポイント(?:が)?(?:失効|付与))|(?:中奖|中獎|恭喜您|领取奖|領取獎)|(?:당첨|축하합니다)/,
  'text.payment':
    /(?:未払い|お支払い(?:が|方法)[^。\n]{0,20}(?:できません|更新|確認)|請求書)|(?:未付款|欠费|欠費|逾期|付款失败|付款失敗)|(?:미납|미결제|결제 ?실패|청구서)/,
};

export function isEastAsian(text: string): boolean {
  return EAST_ASIAN.test(text);
}

/** The passage of a text in Japanese, Chinese or Korean that says what the finding is about; null when none does. */
export function saidInEastAsian(id: string, text: string): RegExpExecArray | null {
  return EAST[id]?.exec(text) ?? null;
}
