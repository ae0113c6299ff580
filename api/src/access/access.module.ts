import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { MachineIdentityModule } from '../machines/machine-identity.module.ts';
import { AccessGuard } from './access.guard.ts';
import { AccountRepository } from './accounts/account.repository.ts';
import { accountModel } from './accounts/account.schema.ts';
import { Accounts } from './accounts/accounts.ts';
import { AttemptRepository } from './login/attempt.repository.ts';
import { attemptModel } from './login/attempt.schema.ts';
import { Attempts } from './login/attempts.ts';
import { AuthController } from './login/auth.controller.ts';
import { PasswordController } from './login/password.controller.ts';
import { People } from './people.ts';
import { LocalScopes, PersonScopes } from './person-scopes.ts';
import { Programs } from './programs.ts';
import { ReadTokenGate } from './read-tokens/read-token-gate.ts';
import { readTokenModel } from './read-tokens/read-token.schema.ts';
import { ReadTokenRepository } from './read-tokens/read-token.repository.ts';
import { ReadTokens } from './read-tokens/read-tokens.ts';
import { ReadTokensController } from './read-tokens/read-tokens.controller.ts';
import { RefusedTokens } from './read-tokens/refused-tokens.ts';
import { Readers } from './readers.ts';
import { sessionModel } from './sessions/session.schema.ts';
import { SessionRepository } from './sessions/session.repository.ts';
import { Sessions } from './sessions/sessions.ts';

/** Who may use what. Needs AgentTokens, OperatorTokens and AdminPassword from a global module. */
@Module({
  imports: [
    MachineIdentityModule,
    MongooseModule.forFeature([sessionModel, accountModel, attemptModel, readTokenModel]),
  ],
  controllers: [AuthController, PasswordController, ReadTokensController],
  providers: [
    People,
    Sessions,
    SessionRepository,
    Accounts,
    AccountRepository,
    Attempts,
    AttemptRepository,
    Readers,
    Programs,
    ReadTokens,
    ReadTokenGate,
    ReadTokenRepository,
    RefusedTokens,
    { provide: PersonScopes, useClass: LocalScopes },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Sessions, RefusedTokens],
})
export class AccessModule {}
