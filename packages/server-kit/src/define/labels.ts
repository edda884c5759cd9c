/** How far a result can be trusted, who may see it, and where it comes from (06 S-94). Travels in `_meta["dev.fairlead/labels"]`. */
export interface ContentLabels {
  readonly integrity: 'trusted' | 'untrusted';
  readonly confidentiality: 'public' | 'internal' | 'private';
  readonly source: string;
}
