/** The empty list teaches what will fill it. */
import { useWords } from './context.ts';

export function FirstSteps() {
  const { none } = useWords().submissions;
  return (
    <div class="empty">
      <h2>{none.title}</h2>
      <p class="quiet">{none.lead}</p>
      <ol class="first-steps">
        {none.steps.map(([title, text]) => (
          <li key={title}>
            <strong>{title}</strong>
            <span class="quiet">{text}</span>
          </li>
        ))}
      </ol>
      <p class="quiet small">{none.demo}</p>
    </div>
  );
}
