import { text } from '../text.js';
import { act, labelled, make, openDialog } from './dialog.js';

/** The longest system prompt that the gateway takes. */
const LONGEST = 50_000;

/** Asks for another title. @param {(title: string) => void} take */
export function askTitle(title, take) {
  const input = make('input', { type: 'text', value: title, maxLength: 200, required: true, dir: 'auto' });
  askFor(text.rename, [labelled(text.title, input)], () => take(input.value.trim()));
  input.select();
}

/**
 * Asks for what one conversation's models are told.
 *
 * @param {import('../store.js').Conversation} conversation
 * @param {(facts: object) => void} take
 */
export function askParameters({ system, parameters }, take) {
  const prompt = make('textarea', { value: system, rows: 5, maxLength: LONGEST, dir: 'auto', placeholder: text.systemHint });
  const temperature = number(parameters.temperature, 0, 2, 0.1);
  const maxTokens = number(parameters.max_tokens, 1, 1_000_000, 1);
  const fields = [
    labelled(text.system, prompt),
    labelled(text.temperature, temperature),
    labelled(text.maxTokens, maxTokens),
  ];
  askFor(text.parameters, fields, () =>
    take({
      system: prompt.value.trim(),
      parameters: {
        ...(temperature.value && { temperature: temperature.valueAsNumber }),
        ...(maxTokens.value && { max_tokens: maxTokens.valueAsNumber }),
      },
    }),
  );
}

function askFor(heading, fields, take) {
  const save = make('button', { type: 'submit', className: 'first', textContent: text.save });
  const form = make('form', { method: 'dialog' }, [
    ...fields,
    make('div', { className: 'buttons' }, [save, act(text.cancel, () => dialog.close())]),
  ]);
  const dialog = openDialog(heading, [form]);
  form.addEventListener('submit', take);
}

function number(value, min, max, step) {
  return make('input', { type: 'number', value: value ?? '', min, max, step });
}
