import type { HtmlTag } from './html-tag.ts';
import { createKeptText } from './kept-text.ts';
import { disarmTarget, replaceImage } from './markdown-link.ts';
import { closeBracket, createMarkupReader, type MarkupToken } from './markup-reader.ts';
import type { MarkupPart } from './split-code.ts';
import { judgeTag } from './tag-verdict.ts';
import { isUnsafeLink } from './unsafe-link.ts';

/** Cleans the parts of one text in their order. */
export interface MarkupCleaner {
  add(part: MarkupPart): void;
  finish(): string;
}

/** Passing over everything up to a match. */
interface MatchSkip {
  readonly until: 'match';
  readonly end: RegExp;
  readonly next: Skip | undefined;
}

/** Passing over everything up to the end tag of an element. */
interface ElementSkip {
  readonly until: 'endTag';
  readonly name: string;
  readonly depth: number;
}

/** What is being passed over. It can reach over several parts, code too. */
type Skip = MatchSkip | ElementSkip;

/** Makes the cleaner of one text. */
export function createMarkupCleaner(): MarkupCleaner {
  const kept = createKeptText();
  let skip: Skip | undefined;

  function addMarkup(part: MarkupPart): void {
    const readToken = createMarkupReader(part);
    const { text } = part;
    let position = 0;
    while (position < text.length) {
      const before = skip;
      if (before?.until === 'match') position = passToMatch(text, position, before);
      else if (before === undefined) position = keepToken(part, position, readToken(position));
      else position = passToken(text, position, readToken(position));
    }
  }

  function passToMatch(text: string, position: number, { end, next }: MatchSkip): number {
    end.lastIndex = position;
    const isEnded = end.test(text);
    const stop = isEnded ? end.lastIndex : text.length;
    kept.passOver(text.slice(position, stop));
    if (isEnded) skip = next;
    return stop;
  }

  function passToken(text: string, position: number, token: MarkupToken): number {
    const end = 'end' in token ? token.end : position + 1;
    kept.passOver(text.slice(position, end));
    skip = skipAfter(token, skip);
    return end;
  }

  function keepToken({ text, isBeforeBracket }: MarkupPart, position: number, token: MarkupToken): number {
    if (token.kind === 'target') {
      const target = disarmTarget(text, position);
      kept.keep(target.text);
      return target.end;
    }
    if (token.kind === 'image') {
      const image = replaceImage(text, position);
      kept.replace(text.slice(position, image.end), image.text);
      return image.end;
    }
    const original = text.slice(position, token.end);
    if (token.kind === 'tag') return position + keepTag(original, token.tag);
    if (token.kind === 'loneAngle' && isBeforeBracket) {
      kept.keep('&lt;');
      return token.end;
    }
    skip = skipAfter(token, undefined);
    if (skip !== undefined || (token.kind === 'autolink' && isUnsafeLink(token.target))) kept.replace(original, '');
    else kept.keep(original);
    return token.end;
  }

  /** Returns how much of the tag is done. */
  function keepTag(original: string, tag: HtmlTag): number {
    const verdict = judgeTag(tag);
    if (verdict.kind === 'keep' || verdict.kind === 'rewrite') return keepHarmlessTag(original, tag, verdict);
    kept.replace(original, verdict.kind === 'replace' ? verdict.text : '');
    if (verdict.kind === 'dropElement') skip = { until: 'endTag', name: tag.name, depth: 1 };
    if (verdict.kind === 'dropRawElement') skip = rawSkip(tag.name, undefined);
    return original.length;
  }

  /**
   * Where Markdown reads no tag, only the `<` is done. It is written so that HTML reads none either, if the tag would
   * harm, or if it holds another whose end could go.
   */
  function keepHarmlessTag(original: string, tag: HtmlTag, verdict: HarmlessVerdict): number {
    if (tag.isMarkdownTag) {
      kept.keep(verdict.kind === 'rewrite' ? verdict.text : original);
      return original.length;
    }
    const isHarmless = verdict.kind === 'keep' && !original.includes('<', 1);
    kept.keep(isHarmless ? '<' : '&lt;');
    return 1;
  }

  function dropLines(text: string): void {
    const content = text.replace(/\n$/, '');
    kept.replace(content, '');
    kept.keep(text.slice(content.length));
  }

  return {
    add(part) {
      if (part.kind === 'comment') dropLines(part.text);
      else if (part.kind !== 'code') addMarkup(part);
      else if (skip === undefined) kept.keep(part.text);
      else kept.passOver(part.text);
    },
    finish: () => kept.finish(),
  };
}

type HarmlessVerdict = Extract<ReturnType<typeof judgeTag>, { kind: 'keep' | 'rewrite' }>;

function skipAfter(token: MarkupToken, skip: Skip | undefined): Skip | undefined {
  if (token.kind === 'comment') return { until: 'match', end: token.closing, next: skip };
  if (token.kind === 'openTag') return { until: 'match', end: new RegExp(token.quote, 'g'), next: tagEndSkip(skip) };
  return token.kind === 'tag' && skip?.until === 'endTag' ? skipAfterTag(token.tag, skip) : skip;
}

/** Only what Markdown reads as an end tag ends an element; a start tag counts in either reading. */
function skipAfterTag(tag: HtmlTag, skip: ElementSkip): Skip | undefined {
  if (tag.name !== skip.name) {
    const isRaw = tag.kind === 'start' && judgeTag(tag).kind === 'dropRawElement';
    return isRaw ? rawSkip(tag.name, skip) : skip;
  }
  if (tag.kind === 'start') return { ...skip, depth: skip.depth + 1 };
  if (!tag.isMarkdownTag) return skip;
  return skip.depth === 1 ? undefined : { ...skip, depth: skip.depth - 1 };
}

/** In two steps, because one pattern up to the `>` would be tried anew at each end tag that has none. */
function rawSkip(name: string, next: Skip | undefined): Skip {
  return { until: 'match', end: new RegExp(`</${RegExp.escape(name)}(?=[\\s/>])`, 'gi'), next: tagEndSkip(next) };
}

function tagEndSkip(next: Skip | undefined): Skip {
  return { until: 'match', end: closeBracket, next };
}
