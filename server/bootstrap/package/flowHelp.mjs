/** Sections whose lines stand as they are. */
const verbatim = /^\.(LINK|INPUTS|OUTPUTS|FUNCTIONALITY|EXTERNALHELP)\b/;
const keyword = /^\.[A-Z]/;
/** A line of a command, a list or a table, or what is set in further, begins a line of its own. */
const ownLine = /^(PS> |[*|>-] |\d+\. |\s)/;

/**
 * The help of a command, each paragraph in one line: PowerShell shows lines as they are written and breaks them at the
 * width of the window, so those of the source, which have 120 characters, would be broken twice.
 */
export function flowHelp(script) {
  return script.replace(/^( *)<#\n([\s\S]*?)\n *#>/m, (_, indent, help) => {
    const lines = [];
    let section = '';
    let isOpen = false;
    for (const line of help.split('\n')) {
      const text = line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
      if (keyword.test(text)) section = text;
      const joins = isOpen && text !== '' && !keyword.test(text) && !ownLine.test(text) && !verbatim.test(section);
      if (joins) lines.push(`${lines.pop()} ${text}`);
      else lines.push(text === '' ? '' : indent + text);
      isOpen = text !== '' && !keyword.test(text) && !/^(PS> |\s)/.test(text);
    }
    return `${indent}<#\n${lines.join('\n')}\n${indent}#>`;
  });
}
