/** Words of English and German that stand in every mail and tell none from another; three letters and more, accents gone. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'the and for you your with this that are was were have has had not but all our from they them their there here what when ' +
    'which who will would can could should may been being its his her she him any out about into over than then these those ' +
    'der die das den dem des und ist sind war mit von vom fur ein eine einer einem einen eines auf aus bei bis nach nicht auch ' +
    'sie wir ihr ihre ihren ihrem ihrer uns unser unsere ich sich als wie zur zum oder aber wenn dass kann werden wird wurde haben'
  ).split(' '),
);
