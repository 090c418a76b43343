/**
 * Appended only where the demo is shown over plain http: the library talks to https hosts alone, and no certificate that a
 * browser would believe exists for localhost. A host on this very computer is let through; every other is checked as before.
 */
interface Helper {
  _webAppState: { clientEndPoint: { _targetUrl: string; _hostTrustCheckStatus: number } };
}
declare const OSF: {
  InitializationHelper: { prototype: { checkReceiverOriginAndRun(this: Helper, run: () => void): void } };
};

const TRUSTED = 3;
const check = OSF.InitializationHelper.prototype.checkReceiverOriginAndRun;

OSF.InitializationHelper.prototype.checkReceiverOriginAndRun = function (run) {
  const endPoint = this._webAppState.clientEndPoint;
  const host = new URL(endPoint._targetUrl);
  if (host.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(host.hostname)) {
    endPoint._hostTrustCheckStatus = TRUSTED;
    run();
    return;
  }
  check.call(this, run);
};

export {};
