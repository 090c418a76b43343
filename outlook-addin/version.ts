/** Told to the server with every report. */
export const VERSION = '1.0.0';
