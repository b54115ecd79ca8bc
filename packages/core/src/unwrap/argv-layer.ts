import { type Layer, type LayerBuilder, layerWithin } from '../layers/layer.ts';
import {
  kubeletClosed,
  kubeletName,
  kubeletText,
  type TrialNamePlaceholder,
  withTrialName,
} from './kubelet-encoding.ts';

/**
 * The argv word that a container gets for one string of `command` or `args`.
 *
 *     document   --lr=${trialParameters.lr} $(HOME_DIR)/x $$5 $(date)
 *     word       --lr=_____________________ ___________/x $5 $(date)
 *                     ^ filled in by Katib  ^ by the kubelet   ^ no variable of that name: left to the shell
 *
 * First Katib fills its placeholders in, textually; then the kubelet expands `$$` and `$(NAME)` (Kubernetes,
 * `third_party/forked/golang/expansion`): an unknown name stays as it is, with all of the text up to its `)`.
 *
 * @param host the string as it stands in the document
 * @param environmentNames names of the container's environment variables; those of services are known by their form
 * @param trialName the placeholder that inserted text may hold; absent for none
 */
export function argvLayer(
  host: Layer,
  environmentNames: ReadonlySet<string>,
  trialName?: TrialNamePlaceholder,
): Layer {
  const { text } = host;
  const builder = layerWithin(host);
  let encoding = withTrialName(kubeletText, trialName);
  let flushed = 0;
  let cursor = text.indexOf('$');
  const plain = [...environmentNames].every((name) => /^[\w.-]+$/.test(name));

  const flush = (to: number): LayerBuilder =>
    flushed < to ? builder.verbatim(flushed, to, encoding) : builder;

  while (cursor !== -1) {
    const next = text.charAt(cursor + 1);
    const filled = placeholderEnd(text, next === '$' ? cursor + 1 : cursor);
    let end = cursor + 2;
    if (filled !== -1) {
      // A dollar in front pairs with whatever the value begins with.
      end = filled;
      const known = trialName && text.slice(cursor, end) === trialName.placeholder;
      flush(cursor).opaque(cursor, end, encoding, known ? trialName.standIn : undefined);
    } else if (next === '') {
      end = cursor + 1;
      flush(cursor).escaped(cursor, end, '$', kubeletClosed);
    } else if (next === '$') {
      flush(cursor).escaped(cursor, end, '$', encoding);
    } else if (next === '(') {
      const close = text.indexOf(')', end);
      const name = close === -1 ? text.slice(end) : text.slice(end, close);
      if (close !== -1 && isVariable(name, environmentNames)) {
        end = close + 1;
        flush(cursor).opaque(cursor, end, encoding);
      } else {
        flush(cursor).escaped(cursor, end, '$(', encoding);
        // A closing parenthesis would make a name of what isn't one.
        if (close === -1) encoding = kubeletClosed;
        else {
          takeName(text, end, close + 1, plain, builder);
          end = close + 1;
        }
      }
    } else {
      // No position between the dollar and what follows: inserted text must not come between them.
      if (/[\ud800-\udbff]/.test(next)) end++;
      flush(cursor).escaped(cursor, end, text.slice(cursor, end), encoding);
    }
    flushed = end;
    cursor = text.indexOf('$', end);
  }
  flush(text.length);
  return builder.build(host.label);
}

/**
 * The text of an unknown name, as it stands, except for Katib's placeholders, and the `)` that ends it. Text can be inserted
 * only behind a character that no variable's name has, or the name might become one that is known; and only where no dollar
 * of the name would be read on once an inserted `)` ends it.
 *
 * @param plain whether the container's own variables have usual names: of others, any text might become one
 */
function takeName(text: string, from: number, to: number, plain: boolean, builder: LayerBuilder): void {
  const name = text.slice(from, to - 1);
  const alike = /^[\w.-]*/.exec(name)?.[0].length ?? 0;
  const begins = !plain || /\$[$(]/.test(name) ? to : Math.min(from + alike + 1, to);
  const verbatim = (start: number, end: number): void => {
    const middle = Math.min(Math.max(begins, start), end);
    if (start < middle) builder.verbatim(start, middle, kubeletClosed);
    if (middle < end) builder.verbatim(middle, end, kubeletName);
  };
  let at = from;
  for (
    let cursor = text.indexOf('$', from);
    cursor !== -1 && cursor < to;
    cursor = text.indexOf('$', cursor + 1)
  ) {
    const end = Math.min(placeholderEnd(text, cursor), to);
    if (end <= cursor) continue;
    verbatim(at, cursor);
    builder.opaque(cursor, end, cursor < begins ? kubeletClosed : kubeletName);
    at = end;
  }
  verbatim(at, to);
}

/** Where a placeholder that begins at `at` ends; -1 if none begins there. */
function placeholderEnd(text: string, at: number): number {
  if (!text.startsWith('${trialParameters.', at)) return -1;
  const close = text.indexOf('}', at);
  return close === -1 ? -1 : close + 1;
}

/** Variables of services (`DB_SERVICE_HOST`, `DB_PORT_80_TCP_ADDR`) are in every container of the namespace. */
const serviceVariable =
  /^[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/;

function isVariable(name: string, environmentNames: ReadonlySet<string>): boolean {
  return environmentNames.has(name) || serviceVariable.test(name);
}
