/** Functions that a button may name; main.ts exports each, and the bundle makes each a global. */
export type Callback = 'onReport' | 'onSendAgain' | 'onCheckAgain' | 'onAskToWithdraw' | 'onKeepReport' | 'onWithdraw';
