import type { HtmlAttribute, HtmlTag } from './html-tag.ts';
import { isHiddenStyle, isLoadingStyle } from './hidden-style.ts';
import { isUnsafeLink } from './unsafe-link.ts';

/** What becomes of a tag. */
export type TagVerdict =
  /** It stays as it is. */
  | { readonly kind: 'keep' }
  /** It stays without some of its attributes. */
  | { readonly kind: 'rewrite'; readonly text: string }
  /** A text stands in its place. */
  | { readonly kind: 'replace'; readonly text: string }
  /** It goes. */
  | { readonly kind: 'drop' }
  /** It goes with its content, in which other tags count. */
  | { readonly kind: 'dropElement' }
  /** It goes with its content, in which only its own end tag counts. */
  | { readonly kind: 'dropRawElement' };

const images = new Set(['img', 'image']);
const rawElements = new Set(['script', 'style', 'iframe', 'noembed', 'noframes']);
const droppedElements = new Set(['object', 'template', 'applet']);
const droppedTags = new Set(['link', 'meta', 'base', 'embed', 'source', 'track', 'param', 'frame']);
const voidElements = new Set(['area', 'br', 'col', 'hr', 'input', 'wbr']);
const loadingAttributes = new Set(['src', 'srcset', 'background', 'poster', 'ping', 'lowsrc', 'dynsrc']);

/** Decides what becomes of a tag in text from outside (06 S-92). */
export function judgeTag(tag: HtmlTag): TagVerdict {
  if (rawElements.has(tag.name)) return { kind: tag.kind === 'end' ? 'drop' : 'dropRawElement' };
  if (droppedElements.has(tag.name)) return { kind: tag.kind === 'end' ? 'drop' : 'dropElement' };
  if (droppedTags.has(tag.name)) return { kind: 'drop' };
  if (tag.kind === 'end') return { kind: 'keep' };
  if (images.has(tag.name)) return { kind: 'replace', text: plainAlternative(attribute(tag, 'alt')) };
  if (isHiddenElement(tag)) return { kind: voidElements.has(tag.name) ? 'drop' : 'dropElement' };
  return withoutUnsafeAttributes(tag);
}

/** Makes an image's alternative text harmless: no mark in it can begin markup of its own. */
export function plainAlternative(text: string): string {
  return text.replaceAll(/[<>[\]`!\\]/g, ' ').trim();
}

function isHiddenElement(tag: HtmlTag): boolean {
  const isHiddenInput = tag.name === 'input' && attribute(tag, 'type').toLowerCase() === 'hidden';
  const isMarkedHidden = tag.attributes.some(({ name }) => name === 'hidden');
  return isHiddenInput || isMarkedHidden || isHiddenStyle(attribute(tag, 'style'));
}

function withoutUnsafeAttributes(tag: HtmlTag): TagVerdict {
  const kept = tag.attributes.filter((candidate) => !isUnsafeAttribute(candidate));
  if (kept.length === tag.attributes.length) return { kind: 'keep' };
  return { kind: 'rewrite', text: `<${[tag.name, ...kept.map(({ raw }) => raw)].join(' ')}>` };
}

function isUnsafeAttribute({ name, value }: HtmlAttribute): boolean {
  if (value === '') return false;
  if (name.startsWith('on') || loadingAttributes.has(name)) return true;
  return name === 'style' ? isLoadingStyle(value) : isUnsafeLink(value);
}

/** The first of that name counts, as in HTML. */
function attribute(tag: HtmlTag, wanted: string): string {
  return tag.attributes.find(({ name }) => name === wanted)?.value ?? '';
}
