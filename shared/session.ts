/** Signing in to the dashboard, as the HTTP API tells it. */
import Type from 'typebox';

const Role = Type.Enum(['viewer', 'soc_analyst', 'config_admin', 'super_admin']);
const Way = Type.Enum(['token', 'oidc']);

export const DashboardSession = Type.Object({
  name: Type.String(),
  role: Role,
  signed_in_with: Type.Optional(Way),
  expires_at: Type.Optional(Type.String({ format: 'date-time' })),
});
export type DashboardSession = Type.Static<typeof DashboardSession>;

export const OpenSession = Type.Object({
  name: Type.String(),
  role: Role,
  signed_in_with: Way,
  signed_in_at: Type.String({ format: 'date-time' }),
  seen_at: Type.String({ format: 'date-time' }),
  expires_at: Type.String({ format: 'date-time' }),
});
export type OpenSession = Type.Static<typeof OpenSession>;

export const SignInWays = Type.Object({
  token: Type.Boolean(),
  oidc: Type.Union([
    Type.Object({ name: Type.String({ description: 'Of the provider, for the button.' }) }),
    Type.Null(),
  ]),
});
export type SignInWays = Type.Static<typeof SignInWays>;
