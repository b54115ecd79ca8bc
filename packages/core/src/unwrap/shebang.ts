/**
 * The command line of a script's first line, as words; empty if the text has none.
 * The kernel hands everything behind the interpreter on as one argument; `env -S` splits it.
 *
 *     #!/usr/bin/env -S python3 -u      /usr/bin/env, "-S python3 -u"
 *     #!/usr/bin/python3 -u             /usr/bin/python3, "-u"
 */
export function readShebang(text: string): readonly string[] {
  const match = /^#![ \t]*(\S+)(?:[ \t]+([^\n]*?))?[ \t]*\r?(?:\n|$)/.exec(text);
  if (!match?.[1]) return [];
  return match[2] ? [match[1], match[2]] : [match[1]];
}
