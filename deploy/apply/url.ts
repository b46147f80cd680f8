/** Carries out the steps of the Function URL and its permissions. */
import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  RemovePermissionCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { alreadyExists } from '../aws/errors.ts';
import { kindOf } from '../aws/error-kinds.ts';
import { ALIAS } from '../wanted/names.ts';
import { PERMISSIONS } from '../plan/url.ts';
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

const target = ({ wanted }: Context) => ({ FunctionName: wanted.functionName, Qualifier: ALIAS });
const arnOf = ({ wanted }: Context): string => `${wanted.names.functionArn}:${ALIAS}`;

const update = (context: Context): Promise<unknown> =>
  context.aws.call('lambda:UpdateFunctionUrlConfig', arnOf(context), (sending) =>
    context.aws.lambda.send(
      new UpdateFunctionUrlConfigCommand({
        ...target(context),
        AuthType: context.wanted.auth,
        InvokeMode: 'BUFFERED',
        Cors: NO_CORS,
      }),
      sending,
    ),
  );

export const urlExecutors: Executors<'url'> = {
  'url.create': async (context) => {
    let existed = false;
    await context.aws.call(
      'lambda:CreateFunctionUrlConfig',
      arnOf(context),
      (sending) =>
        context.aws.lambda.send(
          new CreateFunctionUrlConfigCommand({
            ...target(context),
            AuthType: context.wanted.auth,
            InvokeMode: 'BUFFERED',
          }),
          sending,
        ),
      { done: (error) => (existed = alreadyExists(error)) },
    );
    if (existed) await update(context);
  },
  'url.update': update,
};

export const permissionExecutors: Executors<'permission'> = {
  'permission.add': (context, { permission }) => {
    const { sid, action } = PERMISSIONS[permission];
    return context.aws.call(
      'lambda:AddPermission',
      arnOf(context),
      (sending) =>
        context.aws.lambda.send(
          new AddPermissionCommand({
            ...target(context),
            StatementId: sid,
            Action: action,
            Principal: '*',
            ...(permission === 'url' ? { FunctionUrlAuthType: 'NONE' } : { InvokedViaFunctionUrl: true }),
          }),
          sending,
        ),
      { done: alreadyExists },
    );
  },
  'permission.remove': (context, { sid }) =>
    context.aws.call(
      'lambda:RemovePermission',
      arnOf(context),
      (sending) =>
        context.aws.lambda.send(
          new RemovePermissionCommand({ ...target(context), StatementId: sid }),
          sending,
        ),
      { done: (error) => kindOf(error) === 'absent' },
    ),
};
