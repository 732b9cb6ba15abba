export declare function bundlePlugin(outfile?: string): Promise<void>;
