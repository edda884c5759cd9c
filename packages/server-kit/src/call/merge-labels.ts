import type { ContentLabels } from '../define/labels.ts';

const confidentialityOrder = ['public', 'internal', 'private'] as const;

/** Labels of data that nobody labelled yet: ours, inside the company. */
const unlabelled: ContentLabels = { integrity: 'trusted', confidentiality: 'internal', source: '' };

/** Joins labels so that integrity only falls and confidentiality only rises (06 S-94). The first source stays, others are added. */
export function mergeLabels(known: ContentLabels | undefined, added: Partial<ContentLabels>): ContentLabels {
  const base = known ?? unlabelled;
  return {
    integrity: base.integrity === 'untrusted' ? 'untrusted' : (added.integrity ?? base.integrity),
    confidentiality:
      known === undefined
        ? (added.confidentiality ?? 'internal')
        : higher(base.confidentiality, added.confidentiality ?? 'public'),
    source: joinSources(base.source, added.source),
  };
}

function higher(
  left: ContentLabels['confidentiality'],
  right: ContentLabels['confidentiality'],
): ContentLabels['confidentiality'] {
  return confidentialityOrder.indexOf(left) >= confidentialityOrder.indexOf(right) ? left : right;
}

function joinSources(known: string, added: string | undefined): string {
  if (added === undefined || added === known || known.split(' ').includes(added)) return known;
  return known === '' ? added : `${known} ${added}`;
}
