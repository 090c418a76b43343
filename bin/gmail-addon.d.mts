export declare const placeholderOrigin: string;
export declare function bundleGmailAddon(rootDir: string): Record<string, string>;
export declare function forDeployment(project: Record<string, string>, origin: string): Record<string, string>;
export declare function writeProject(project: Record<string, string>, folder: string): void;
