/** Log lines as files. */
import { mayDecide, useSurroundings } from './context.ts';

export function ExportsCard() {
  const surroundings = useSurroundings();
  const words = surroundings.words.exports;
  return (
    <section class="card setting" aria-labelledby="exports-title">
      <h2 id="exports-title">{words.title}</h2>
      <p class="quiet">{words.lead}</p>
      {mayDecide(surroundings) ? (
        <p class="csv">
          <a href="/api/v1/exports/alerts" download>
            {words.alerts}
          </a>
          <a href="/api/v1/exports/post-delivery" download>
            {words.postDelivery}
          </a>
        </p>
      ) : (
        <p class="quiet">{words.analystsOnly}</p>
      )}
    </section>
  );
}
