import { officeTheme } from './office-theme.ts';
import type { Situation } from './situation.ts';

const OUTLOOK_WEB_APP = 64;

/** The answer to `ContextActivationManager_getAppContextAsync`. `_officeTheme` is read by the library's addition only. */
export function appContext(situation: Situation, frameId: string) {
  const sets: Record<string, string> = { Mailbox: situation.mailboxSet, IdentityAPI: '1.3', DialogAPI: '1.2' };
  if (situation.nestedAppAuth) sets.NestedAppAuth = '1.1';
  return {
    _id: situation.addin.id,
    _appName: OUTLOOK_WEB_APP,
    _appVersion: 16,
    _appUILocale: situation.locale,
    _dataLocale: situation.locale,
    _docUrl: '',
    _clientMode: 0,
    _settings: {},
    _reason: 'documentOpened',
    _requirementMatrix: JSON.stringify(sets),
    _hostFullVersion: '16.0.20000.0',
    _correlationId: frameId,
    _appInstanceId: frameId,
    _osfControlType: 1,
    _eToken: '',
    _appMinorVersion: 1,
    _clientWindowHeight: 0,
    _clientWindowWidth: 0,
    _addinName: situation.addin.displayName,
    _appDomains: [],
    _featureGates: {},
    _initialDisplayMode: 0,
    _officeTheme: officeTheme(situation.theme),
  };
}
