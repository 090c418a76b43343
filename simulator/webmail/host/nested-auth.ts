import type { HostServices, Situation } from './situation.ts';

/**
 * The host's side of Nested App Authentication: MSAL in the add-in asks through `window.nestedAppAuthBridge`, which the
 * library's addition carries to us as `{nestedAppAuth: "<json>"}`. Names as msal-browser 4 and 5 read them.
 */
interface NestedRequest {
  messageType: 'NestedAppAuthRequest';
  method: 'GetInitContext' | 'GetToken' | 'GetTokenPopup';
  requestId: string;
  tokenParams?: { clientId?: string; scope?: string };
}

/** The string inside a bridge message of this conversation, or null. */
export function readBridgeMessage(data: unknown, conversationId: string): NestedRequest | null {
  if (typeof data !== 'string' || !data.includes('nestedAppAuth')) return null;
  try {
    const outer = JSON.parse(data) as { nestedAppAuth?: unknown; conversationId?: unknown };
    if (typeof outer.nestedAppAuth !== 'string' || outer.conversationId !== conversationId) return null;
    const request = JSON.parse(outer.nestedAppAuth) as Partial<NestedRequest>;
    const well = request.messageType === 'NestedAppAuthRequest' && typeof request.requestId === 'string';
    return well ? (request as NestedRequest) : null;
  } catch {
    return null;
  }
}

export async function answerBridge(
  request: NestedRequest,
  situation: Situation,
  services: HostServices,
): Promise<string> {
  const reply = { messageType: 'NestedAppAuthResponse', requestId: request.requestId };
  const body = await answerBody(request, situation, services);
  return JSON.stringify({ nestedAppAuth: JSON.stringify({ ...reply, ...body }) });
}

async function answerBody(request: NestedRequest, situation: Situation, services: HostServices) {
  const { user } = situation;
  const account = {
    homeAccountId: `${user.objectId}.${user.tenantId}`,
    environment: 'login.microsoftonline.com',
    tenantId: user.tenantId,
  };
  if (request.method === 'GetInitContext') {
    const accountContext = { ...account, loginHint: user.address };
    const initContext = { sdkName: 'NAA', sdkVersion: '1.0', capabilities: { queryAccount: true }, accountContext };
    return { success: true, initContext };
  }
  const interactive = request.method === 'GetTokenPopup';
  if (interactive && !(await services.confirmSignIn(user))) {
    return failure({ status: 'USER_CANCEL', code: 'user_cancelled', description: 'The person closed the sign-in.' });
  }
  const answer = await services.token({
    mailbox: user.address,
    clientId: request.tokenParams?.clientId ?? '',
    scope: request.tokenParams?.scope ?? '',
    interactive,
  });
  if ('error' in answer) return failure(answer.error);
  return {
    success: true,
    token: {
      access_token: answer.accessToken,
      id_token: answer.idToken,
      expires_in: answer.expiresIn,
      scope: answer.scope,
      properties: null,
    },
    account: { ...account, username: user.address, localAccountId: user.objectId },
  };
}

const failure = (error: { status: string; code: string; description: string }) => ({ success: false, error });
