import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { AccessGuard } from './access.guard.ts';
import { AccountRepository } from './accounts/account.repository.ts';
import { accountModel } from './accounts/account.schema.ts';
import { Accounts } from './accounts/accounts.ts';
import { AttemptRepository } from './login/attempt.repository.ts';
import { attemptModel } from './login/attempt.schema.ts';
import { Attempts } from './login/attempts.ts';
import { AuthController } from './login/auth.controller.ts';
import { People } from './people.ts';
import { LocalScopes, PersonScopes } from './person-scopes.ts';
import { sessionModel } from './sessions/session.schema.ts';
import { SessionRepository } from './sessions/session.repository.ts';
import { Sessions } from './sessions/sessions.ts';

/** Who may use what. Needs AgentTokens, OperatorTokens and AdminPassword from a global module. */
@Module({
  imports: [MongooseModule.forFeature([sessionModel, accountModel, attemptModel])],
  controllers: [AuthController],
  providers: [
    People,
    Sessions,
    SessionRepository,
    Accounts,
    AccountRepository,
    Attempts,
    AttemptRepository,
    { provide: PersonScopes, useClass: LocalScopes },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Sessions],
})
export class AccessModule {}
