/** What runs when a person opens it. */

/** Programs, scripts, shortcuts, installers and disk images by the extension Windows and macOS go by. */
const EXECUTABLE_EXTENSIONS = new Set(
  'exe com scr pif cpl dll sys drv ocx msi msp mst msix msixbundle appx appxbundle appinstaller application appref-ms js jse mjs vbs vbe vb wsf wsh wsc ws hta ps1 psm1 psd1 ps1xml ps2 bat cmd sct shb shs lnk url inf reg jar jnlp msc gadget chm hlp iso img vhd vhdx wim udf dmg pkg app command scpt workflow sh run deb rpm apk xll wll xlam ppam library-ms search-ms searchconnector-ms settingcontent-ms website desktop iqy slk rdp diagcab one onepkg'.split(
    ' ',
  ),
);
/** Types by bytes. OneNote files and HTML may carry lures, but do not run by themselves. */
const EXECUTABLE_TYPES = new Set(
  'exe elf macho lnk msi class jar iso vhd vhdx wim hta js vbs wsf ps1 bat sh chm reg url deb apk dmg'.split(' '),
);
EXECUTABLE_EXTENSIONS.delete('one');
EXECUTABLE_EXTENSIONS.delete('onepkg');

export function isExecutableName(extension: string): boolean {
  return EXECUTABLE_EXTENSIONS.has(extension);
}

export function isExecutableType(fileType: string): boolean {
  return EXECUTABLE_TYPES.has(fileType);
}

const DOCUMENT_EXTENSIONS =
  'pdf|docx?|docm|xlsx?|xlsm|pptx?|txt|rtf|csv|jpe?g|png|gif|bmp|tiff?|mp[34]|wav|avi|htm|html|zip|xml|odt|eml|msg';
const DOUBLE_EXTENSION = new RegExp(`\\.(?:${DOCUMENT_EXTENSIONS})[\\s_.\\u00a0]*\\.([a-z0-9]{1,12})[\\s.]*$`, 'i');

/** `invoice.pdf.exe`: a document's name in front of something that runs. */
export function hasDoubleExtension(filename: string): boolean {
  const last = DOUBLE_EXTENSION.exec(filename)?.[1]?.toLowerCase();
  return (
    last !== undefined &&
    (EXECUTABLE_EXTENSIONS.has(last) || last === 'html' || last === 'htm' || last === 'svg' || last === 'shtml')
  );
}

/** Right-to-left override and its kin: `invoice_\u202efdp.exe` is shown as `invoice_exe.pdf`. */
export function hasDirectionOverride(filename: string): boolean {
  return /[\u202a-\u202e\u2066-\u2069]/.test(filename);
}
