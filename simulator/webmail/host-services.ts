import type { HostServices, TokenAnswer, User } from './host/situation.ts';
import { loadAttachment, loadBody, loadFile, loadHeaders, requestToken } from './mail-client.ts';
import type { Preferences } from './preferences.ts';

/**
 * What the host does for add-ins, with the mail server's routes behind it.
 * @param preferences read at every token, so that a change counts at once
 * @param askPerson shows the sign-in question
 */
export function hostServices(
  preferences: () => Preferences,
  askPerson: (user: User) => Promise<boolean>,
): HostServices {
  // Whoever was asked once is not asked again in this session.
  const agreed = new Set<string>();
  return {
    messageFile: loadFile,
    headers: loadHeaders,
    body: loadBody,
    attachment: loadAttachment,
    async confirmSignIn(user) {
      const yes = await askPerson(user);
      if (yes) agreed.add(user.address);
      return yes;
    },
    async token(request) {
      const { signIn } = preferences();
      if (signIn === 'fails') return refused('PERSISTENT_ERROR', 'simulated_failure', 'Sign-in is set to fail.');
      if (signIn === 'asks' && !request.interactive && !agreed.has(request.mailbox)) {
        return refused('USER_INTERACTION_REQUIRED', 'interaction_required', 'The person has to be asked first.');
      }
      return requestToken(request);
    },
  };
}

const refused = (status: string, code: string, description: string): TokenAnswer => ({
  error: { status, code, description },
});
