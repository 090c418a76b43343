export type ThemeName = 'light' | 'dark';

/** The four colours of `Office.context.officeTheme`; add-ins judge dark or light by the body background's luminance. */
export interface OfficeTheme {
  bodyBackgroundColor: string;
  bodyForegroundColor: string;
  controlBackgroundColor: string;
  controlForegroundColor: string;
}

const themes: Record<ThemeName, OfficeTheme> = {
  light: {
    bodyBackgroundColor: '#FFFFFF',
    bodyForegroundColor: '#1B2A33',
    controlBackgroundColor: '#F2F5F6',
    controlForegroundColor: '#1B2A33',
  },
  dark: {
    bodyBackgroundColor: '#161D22',
    bodyForegroundColor: '#E6ECEF',
    controlBackgroundColor: '#212B31',
    controlForegroundColor: '#E6ECEF',
  },
};

export const officeTheme = (name: ThemeName): OfficeTheme => themes[name];

/** The event carries its colours as numbers in a JSON string, first member of its data. */
export function themeEventData(name: ThemeName): { 0: string } {
  const colours = Object.entries(themes[name]).map(([key, hex]) => [key, Number.parseInt(hex.slice(1), 16)]);
  return { 0: JSON.stringify(Object.fromEntries(colours)) };
}
