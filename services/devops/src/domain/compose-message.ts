/**
 * Builds the text of a Slack message: the caller's text with mentions of whole channels and groups made inert, and a
 * footer that names the caller (06 S-71). Slack reads `<!` as the start of a special mention (`<!channel>`,
 * `<!subteam^S123>`); as `&lt;!` it shows the same characters and calls nobody.
 */
export function composeMessage(text: string, caller: string): string {
  return `${neutralise(text)}\n\n_Sent for ${plain(caller)} through Fairlead_`;
}

function neutralise(text: string): string {
  return text.replaceAll('<!', '&lt;!');
}

/** A caller's name comes from an identity provider: it must not bring links, mentions or formatting of its own. */
function plain(name: string): string {
  return name
    .replaceAll(/[\p{Cc}\p{Cf}*_~`]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
