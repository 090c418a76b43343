import type { Words } from '../words.ts';
import { Modal } from './modal.tsx';

/** A dialog of the host with a title, a text and one way on: the add-in's post-processing words, or the host's own. */
export function MessageDialog({
  title,
  text,
  words,
  onClose,
}: {
  title: string;
  text: string;
  words: Words;
  onClose: () => void;
}) {
  return (
    <Modal title={title} onCancel={onClose}>
      <p class="dialog-text">{text}</p>
      <div class="dialog-buttons">
        <button type="button" class="primary" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </Modal>
  );
}

/** Nested app authentication, where the host has to ask the person first. */
export function SignInDialog({
  addinName,
  name,
  address,
  words,
  onAnswer,
}: {
  addinName: string;
  name: string;
  address: string;
  words: Words;
  onAnswer: (agreed: boolean) => void;
}) {
  return (
    <Modal title={words.signIn} onCancel={() => onAnswer(false)}>
      <p class="dialog-text">
        <strong>{addinName}</strong> {words.signInText}
      </p>
      <p class="dialog-text">
        {name} · {address}
      </p>
      <div class="dialog-buttons">
        <button type="button" class="primary" onClick={() => onAnswer(true)}>
          {words.continue}
        </button>
        <button type="button" onClick={() => onAnswer(false)}>
          {words.cancel}
        </button>
      </div>
    </Modal>
  );
}
