/** How long chunks are, in characters (UTF-16 units), and the version that changes with any of them (07 A-09). */
export const chunkSizes = { target: 1_200, max: 2_000, min: 200, overlap: 150 } as const;

/** Part of every content hash: a new chunker makes every document new. */
export const chunkerVersion = 'markdown-chunks-v1';
