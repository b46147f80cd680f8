/** Carries out the steps of the Function URLs and their permissions. */
import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionUrlConfigCommand,
  RemovePermissionCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { alreadyExists, isAbsent, unless } from '../aws/errors.ts';
import { ALIAS, LATEST } from '../wanted/names.ts';
import { PERMISSIONS } from '../plan/url.ts';
import type { UrlAuth } from '../plan/step.ts';
import type { Context, Executors } from './context.ts';

/** Each list named and empty: an absent list would keep what it was. */
const NO_CORS = {
  AllowCredentials: false,
  AllowHeaders: [],
  AllowMethods: [],
  AllowOrigins: [],
  ExposeHeaders: [],
  MaxAge: 0,
};

/** Lambda takes no name for $LATEST here: what has no qualifier is its. */
const at = ({ wanted }: Context, qualifier: string = ALIAS) => ({
  FunctionName: wanted.functionName,
  ...(qualifier === LATEST ? {} : { Qualifier: qualifier }),
});

const update = (context: Context, { auth }: { auth: UrlAuth }): Promise<unknown> =>
  context.aws.lambda.send(
    new UpdateFunctionUrlConfigCommand({
      ...at(context),
      AuthType: auth,
      InvokeMode: 'BUFFERED',
      Cors: NO_CORS,
    }),
  );

export const urlExecutors: Executors<'url'> = {
  'url.create': async (context, operation) => {
    const made = await context.aws.lambda
      .send(
        new CreateFunctionUrlConfigCommand({
          ...at(context),
          AuthType: operation.auth,
          InvokeMode: 'BUFFERED',
        }),
      )
      .catch(unless(alreadyExists));
    if (made === undefined) await update(context, operation);
  },
  'url.update': update,
  'url.delete': (context, { qualifier }) =>
    context.aws.lambda
      .send(new DeleteFunctionUrlConfigCommand(at(context, qualifier)))
      .catch(unless(isAbsent)),
};

export const permissionExecutors: Executors<'permission'> = {
  'permission.add': (context, { permission }) => {
    const { sid, action } = PERMISSIONS[permission];
    return context.aws.lambda
      .send(
        new AddPermissionCommand({
          ...at(context),
          StatementId: sid,
          Action: action,
          Principal: '*',
          ...(permission === 'url' ? { FunctionUrlAuthType: 'NONE' } : { InvokedViaFunctionUrl: true }),
        }),
      )
      .catch(unless(alreadyExists));
  },
  'permission.remove': (context, { qualifier, sid }) =>
    context.aws.lambda
      .send(new RemovePermissionCommand({ ...at(context, qualifier), StatementId: sid }))
      .catch(unless(isAbsent)),
};
