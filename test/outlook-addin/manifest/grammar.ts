/**
 * Order, number and kind of elements in an add-in-only mail manifest, as Microsoft documents them for OfficeApp 1.1 and
 * VersionOverrides 1.0 and 1.1, as far as an add-in like ours uses them.
 * @see https://learn.microsoft.com/javascript/api/manifest
 */

/** What a resid points at. */
export type ResourceKind = 'image' | 'url' | 'short' | 'long';

export interface Rule {
  /** Children in order: none = exactly 1, `?` 0-1, `+` 1-n, `*` 0-n, `{1,5}`; `Name:Rule` where the rule differs. */
  children?: string;
  /** Which rule, by xsi:type; another type is a fault. */
  types?: Record<string, string>;
  /** Attributes beside xmlns and xsi:type; a `?` at the end of the name makes one optional. */
  attributes?: Record<string, RegExp>;
  resid?: ResourceKind;
  text?: RegExp;
}

const ANY = /^[\s\S]+$/;
const URL_HTTPS = /^https:\/\/[^\s"]{1,2040}$/;
const LOCALE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/;
const IDENTIFIER = /^[\w.-]{1,125}$/;
const RESOURCE_ID = /^.{1,32}$/;
const VERSION = /^\d{1,5}(\.\d{1,5}){0,3}$/;

/** `<X DefaultValue="..."><Override Locale Value/></X>` */
const localised = (value: RegExp): Rule => ({
  attributes: { DefaultValue: value },
  children: 'Override:LocaleOverride*',
});

export const GRAMMAR: Record<string, Rule> = {
  OfficeApp: {
    types: { MailApp: 'MailApp' },
  },
  MailApp: {
    children:
      'Id AlternateId? Version ProviderName DefaultLocale DisplayName:Localised Description:LocalisedLong IconUrl:LocalisedUrl? HighResolutionIconUrl:LocalisedUrl? SupportUrl:LocalisedUrl? AppDomains? Hosts:BaseHosts Requirements:BaseRequirements FormSettings Permissions? Rule DisableEntityHighlighting? VersionOverrides:VersionOverridesV1_0?',
  },
  Id: { text: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i },
  AlternateId: { text: ANY },
  Version: { text: VERSION },
  ProviderName: { text: /^.{1,125}$/ },
  DefaultLocale: { text: LOCALE },
  Localised: localised(/^.{1,125}$/),
  LocalisedLong: localised(/^.{1,250}$/),
  LocalisedUrl: localised(URL_HTTPS),
  LocaleOverride: { attributes: { Locale: LOCALE, Value: ANY } },
  AppDomains: { children: 'AppDomain+' },
  AppDomain: { text: /^https:\/\/.{1,240}$/ },
  BaseHosts: { children: 'Host:BaseHost+' },
  BaseHost: { attributes: { Name: /^Mailbox$/ } },
  BaseRequirements: { children: 'Sets' },
  Sets: { attributes: { 'DefaultMinVersion?': VERSION }, children: 'Set+' },
  Set: { attributes: { Name: IDENTIFIER, 'MinVersion?': VERSION } },
  FormSettings: { children: 'Form{1,2}' },
  Form: { types: { ItemRead: 'ItemRead' } },
  ItemRead: { children: 'DesktopSettings TabletSettings:DesktopSettings? PhoneSettings?' },
  DesktopSettings: { children: 'SourceLocation:LocalisedUrl RequestedHeight' },
  PhoneSettings: { children: 'SourceLocation:LocalisedUrl' },
  RequestedHeight: { text: /^(3[2-9]|[4-9]\d|[1-3]\d\d|4[0-4]\d|450)$/ },
  Permissions: { text: /^(Restricted|ReadItem|ReadWriteItem|ReadWriteMailbox)$/ },
  Rule: { types: { ItemIs: 'ItemIs', RuleCollection: 'RuleCollection' } },
  ItemIs: {
    attributes: {
      ItemType: /^(Message|Appointment)$/,
      FormType: /^(Read|Edit|ReadOrEdit)$/,
      'ItemClass?': ANY,
      'IncludeSubClasses?': /^(true|false)$/,
    },
  },
  RuleCollection: { attributes: { Mode: /^(And|Or)$/ }, children: 'Rule+' },
  DisableEntityHighlighting: { text: /^(true|false)$/ },

  VersionOverridesV1_0: {
    types: { VersionOverridesV1_0: 'Overrides1_0' },
    attributes: { xmlns: /^http:\/\/schemas\.microsoft\.com\/office\/mailappversionoverrides$/ },
  },
  Overrides1_0: {
    children: 'Description? Requirements? Hosts:Hosts1_0? Resources? VersionOverrides:VersionOverridesV1_1?',
    attributes: { xmlns: ANY },
  },
  VersionOverridesV1_1: {
    types: { VersionOverridesV1_1: 'Overrides1_1' },
    attributes: { xmlns: /^http:\/\/schemas\.microsoft\.com\/office\/mailappversionoverrides\/1\.1$/ },
  },
  Overrides1_1: {
    children: 'Description? Requirements? Hosts:Hosts1_1? Resources? WebApplicationInfo?',
    attributes: { xmlns: ANY },
  },
  Description: { resid: 'long' },
  Requirements: { children: 'bt:Sets' },
  'bt:Sets': { attributes: { 'DefaultMinVersion?': VERSION }, children: 'bt:Set+' },
  'bt:Set': { attributes: { Name: IDENTIFIER, 'MinVersion?': VERSION } },
  Hosts1_0: { children: 'Host:Host1_0+' },
  Host1_0: { types: { MailHost: 'MailHost1_0' } },
  MailHost1_0: { children: 'DesktopFormFactor:Desktop1_0?' },
  Desktop1_0: { children: 'FunctionFile? ExtensionPoint:Point1_0+' },
  Point1_0: { types: { MessageReadCommandSurface: 'CommandSurface' } },
  Hosts1_1: { children: 'Host:Host1_1+' },
  Host1_1: { types: { MailHost: 'MailHost1_1' } },
  MailHost1_1: { children: 'Runtimes? DesktopFormFactor:Desktop1_1? MobileFormFactor?' },
  Runtimes: { children: 'Runtime' },
  Runtime: { resid: 'url', children: 'Override:RuntimeOverride?' },
  RuntimeOverride: { resid: 'url', attributes: { type: /^javascript$/ } },
  Desktop1_1: { children: 'SupportsSharedFolders? FunctionFile? ExtensionPoint:Point1_1+' },
  SupportsSharedFolders: { text: /^(true|false)$/ },
  FunctionFile: { resid: 'url' },
  Point1_1: {
    types: { MessageReadCommandSurface: 'CommandSurface', ReportPhishingCommandSurface: 'ReportSurface' },
  },
  CommandSurface: { children: 'OfficeTab* CustomTab:OfficeTab*' },
  OfficeTab: { attributes: { id: /^TabDefault$/ }, children: 'Group+' },
  Group: { attributes: { id: IDENTIFIER }, children: 'Label Control+' },
  Label: { resid: 'short' },
  Control: { types: { Button: 'Button' }, attributes: { id: IDENTIFIER } },
  Button: { attributes: { id: IDENTIFIER }, children: 'Label Supertip Icon Action' },
  Supertip: { children: 'Title Description' },
  Title: { resid: 'short' },
  Icon: { children: 'bt:Image:IconImage{3,8}' },
  IconImage: { resid: 'image', attributes: { size: /^(16|20|24|32|40|48|64|80)$/ } },
  Action: { types: { ShowTaskpane: 'ShowTaskpane', ExecuteFunction: 'ExecuteFunction' } },
  ShowTaskpane: {
    children: 'SourceLocation SupportsPinning:Flag? SupportsNoItemContext:Flag? SupportsMultiSelect:Flag?',
  },
  Flag: { text: /^(true|false)$/ },
  SourceLocation: { resid: 'url' },
  ExecuteFunction: { children: 'FunctionName' },
  FunctionName: { text: /^[A-Za-z_$][\w$.]*$/ },
  ReportSurface: { children: 'ReportPhishingCustomization' },
  ReportPhishingCustomization: { children: 'Control PreProcessingDialog SourceLocation' },
  PreProcessingDialog: {
    children: 'Title Description NeverShowAgainOption:Flag? ReportingOptions? FreeTextLabel:Label? MoreInfo?',
  },
  ReportingOptions: { attributes: { inputType: /^(Radio|Checkbox)$/ }, children: 'Title Option:Label{1,5}' },
  MoreInfo: { children: 'MoreInfoText:Label MoreInfoUrl:SourceLocation' },
  MobileFormFactor: { children: 'FunctionFile? ExtensionPoint:MobilePoint+' },
  MobilePoint: { types: { MobileMessageReadCommandSurface: 'MobileSurface' } },
  MobileSurface: { children: 'Group:MobileGroup' },
  MobileGroup: { attributes: { id: IDENTIFIER }, children: 'Label Control:MobileControl+' },
  MobileControl: { types: { MobileButton: 'MobileButton' }, attributes: { id: IDENTIFIER } },
  MobileButton: { attributes: { id: IDENTIFIER }, children: 'Label Icon:MobileIcons Action' },
  MobileIcons: { types: { 'bt:MobileIconList': 'MobileIconList' } },
  MobileIconList: { children: 'bt:Image:MobileImage{9,9}' },
  MobileImage: { resid: 'image', attributes: { size: /^(25|32|48)$/, scale: /^[123]$/ } },
  WebApplicationInfo: { children: 'Id Resource:Any Scopes?' },
  Scopes: { children: 'Scope:Any+' },
  Any: { text: ANY },
  Resources: { children: 'bt:Images? bt:Urls? bt:ShortStrings? bt:LongStrings?' },
  'bt:Images': { children: 'bt:Image:UrlResource+' },
  'bt:Urls': { children: 'bt:Url:UrlResource+' },
  'bt:ShortStrings': { children: 'bt:String:ShortResource{1,}' },
  'bt:LongStrings': { children: 'bt:String:LongResource{1,}' },
  UrlResource: { attributes: { id: RESOURCE_ID, DefaultValue: URL_HTTPS }, children: 'bt:Override:UrlOverride*' },
  ShortResource: {
    attributes: { id: RESOURCE_ID, DefaultValue: /^.{1,125}$/ },
    children: 'bt:Override:ShortOverride*',
  },
  LongResource: { attributes: { id: RESOURCE_ID, DefaultValue: /^.{1,250}$/ }, children: 'bt:Override:LongOverride*' },
  UrlOverride: { attributes: { Locale: LOCALE, Value: URL_HTTPS } },
  ShortOverride: { attributes: { Locale: LOCALE, Value: /^.{1,125}$/ } },
  LongOverride: { attributes: { Locale: LOCALE, Value: /^.{1,250}$/ } },
};
