import { compareModels } from '../../server/analysis/compare-models.ts';
import { concludeWeighed, weigh } from '../../server/analysis/conclude.ts';
import type { Model } from '../../server/analysis/model/model.ts';
import { observe } from '../../server/analysis/observe.ts';
import { authentic, mail, shippedModel, worldOf } from './mail.ts';

const lure = {
  from: 'Microsoft account team <security@micros0ft-login.test>',
  subject: 'Action required: your password expires today',
  html: '<p>Verify your account immediately or your mailbox will be suspended.</p><a href="http://192.0.2.7/login/verify.php">Sign in</a>',
};

test('the same model says the same, and gives no reasons', async () => {
  const model = shippedModel();
  const seen = observe(await mail(lure), authentic(), worldOf());
  const weighed = weigh(seen, model);
  const compared = compareModels(seen, { weighed, verdict: concludeWeighed(weighed, {}) }, model, model);
  expect(compared).toMatchObject({ changed: false, because: [], disposition: 'MALICIOUS' });
});

test('a model that thinks nothing of it: the disposition changes, and what moved the margin most comes first', async () => {
  const model = shippedModel();
  const shy: Model = { ...model, name: 'shy-1', platt: { ...model.platt, malicious: { a: 0.05, b: -6 } } };
  const seen = observe(await mail(lure), authentic(), worldOf());
  const weighed = weigh(seen, model);
  const compared = compareModels(seen, { weighed, verdict: concludeWeighed(weighed, {}) }, model, shy);
  expect(compared).toMatchObject({ changed: true, model: 'shy-1' });
  expect(compared.because[0]?.what).toBe('margin');
  const logits = compared.because.filter(({ from, to }) => typeof from === 'number' && typeof to === 'number');
  expect(logits.length).toBeGreaterThan(2);
  expect(compared.because.map(({ what }) => what)).not.toContain('disposition');
});
