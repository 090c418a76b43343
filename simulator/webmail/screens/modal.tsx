import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

/** A native modal dialog: the browser keeps the focus inside, and whoever had it gets it back. Escape cancels. */
export function Modal({
  title,
  children,
  onCancel,
  className = '',
}: {
  title: string;
  children: ComponentChildren;
  onCancel: () => void;
  className?: string;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the next frame: what is typed right after the press must not go to the page behind.
  useLayoutEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    if (element && !element.open) element.showModal();
    return () => {
      element?.close();
      // A dialog that leaves the document at once gives no focus back by itself.
      queueMicrotask(() => {
        const lost = document.activeElement === document.body || document.activeElement === null;
        if (lost && opener instanceof HTMLElement && opener.isConnected) opener.focus();
      });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`modal ${className}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}
