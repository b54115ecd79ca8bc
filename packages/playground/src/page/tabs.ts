import { byId, element } from './element.ts';

/** Tabs with the keys that people expect of them: arrows, Home and End. */
export interface Tabs {
  readonly select: (name: string) => void;
  readonly selected: () => string;
  /** Writes a number behind a tab's title; an empty text for none. */
  readonly note: (name: string, text: string) => void;
}

/**
 * Makes the tabs of the page, one for each `#panel-NAME`.
 *
 * @param titles by name, in order; the first is selected
 * @param onSelect called after a tab was selected
 */
export function createTabs(titles: Readonly<Record<string, string>>, onSelect: () => void): Tabs {
  const names = Object.keys(titles);
  let current = names[0] ?? '';
  const buttons = new Map<string, HTMLButtonElement>();
  const select = (name: string): void => {
    current = name;
    for (const [each, button] of buttons) {
      button.setAttribute('aria-selected', String(each === name));
      button.tabIndex = each === name ? 0 : -1;
      byId(`panel-${each}`, HTMLElement).hidden = each !== name;
    }
    onSelect();
  };
  for (const name of names) {
    const button = element(
      'button',
      { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}` },
      titles[name],
      element('span', { class: 'count' }),
    );
    const panel = byId(`panel-${name}`, HTMLElement);
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', `tab-${name}`);
    button.addEventListener('click', () => select(name));
    button.addEventListener('keydown', (event) => {
      const at = names.indexOf(name);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + names.length, Home: 0, End: names.length - 1 }[
        event.key
      ];
      if (to === undefined) return;
      event.preventDefault();
      const next = names[to % names.length] ?? name;
      select(next);
      buttons.get(next)?.focus();
    });
    buttons.set(name, button);
  }
  byId('tabs', HTMLElement).append(...buttons.values());
  select(current);
  return {
    select,
    selected: () => current,
    note(name, text) {
      const count = buttons.get(name)?.querySelector('.count');
      if (count) count.textContent = text;
    },
  };
}
