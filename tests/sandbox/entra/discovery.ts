import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Caller } from '../shell.ts';
import type { Tenant } from '../tenant/tenant.ts';

const HOST = 'https://login.microsoftonline.com';

/** OpenID configuration, signing keys and the list of Microsoft's clouds: what a client may look up before sign-in. */
export function createDiscovery(tenant: Tenant): Hono<Caller> {
  const app = new Hono<Caller>();
  app.use('/:authority/v2.0/.well-known/*', cors());
  app.use('/:authority/discovery/*', cors());

  app.get('/:authority/v2.0/.well-known/openid-configuration', (c) => {
    const authority = c.req.param('authority');
    const tenantId = tenant.tenantIdOf(authority);
    if (!tenantId && authority !== 'organizations' && authority !== 'common') {
      return c.json(
        {
          error: 'invalid_tenant',
          error_description: `AADSTS90002: Tenant '${authority}' not found.`,
          error_codes: [90002],
        },
        400,
      );
    }
    const base = `${HOST}/${authority}`;
    return c.json({
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      // Literally this text for authorities of many tenants, so a client cannot compare it as it stands.
      issuer: `${HOST}/${tenantId ?? '{tenantid}'}/v2.0`,
      request_uri_parameter_supported: false,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      http_logout_supported: true,
      frontchannel_logout_supported: true,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      tenant_region_scope: null,
      cloud_instance_name: 'microsoftonline.com',
      cloud_graph_host_name: 'graph.windows.net',
      msgraph_host: 'graph.microsoft.com',
    });
  });

  app.get('/:authority/discovery/v2.0/keys', async (c) => c.json(await tenant.signing.keySet()));

  app.get('/common/discovery/instance', (c) =>
    c.json({
      tenant_discovery_endpoint: `${HOST}/organizations/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [
        {
          preferred_network: 'login.microsoftonline.com',
          preferred_cache: 'login.windows.net',
          aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
        },
      ],
    }),
  );
  return app;
}
