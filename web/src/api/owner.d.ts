/** Made by `make openapi` from docs/. Not to be edited. */

export interface paths {
    "/v1/owner/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Me */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh
         * @description A new access token; the refresh token stays the same.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign In
         * @description Tokens, or a challenge where the password was a temporary one.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/sign-in/new-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set New Password */
        post: operations["setNewPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign Out
         * @description Everywhere: every token of this owner's is taken back.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Callbacks
         * @description Those that wait begin with the oldest, the others with the newest.
         */
        get: operations["listCallbacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/callbacks/{session_id}/{callback_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Callback
         * @description From any state to any other, as long as it is in the expected one.
         */
        patch: operations["changeCallback"];
        trace?: never;
    };
    "/v1/owner/{assistant}/dialogues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Dialogues */
        get: operations["listDialogues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/dialogues.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Dialogues
         * @description A row a turn, in parts: `X-Cursor` is where the next one begins.
         */
        get: operations["exportDialogues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/dialogues/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Dialogue */
        get: operations["readDialogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/documents/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Document */
        get: operations["readDocument"];
        /**
         * Publish Document
         * @description In force within ten seconds, without a deploy. 422 says by field what is wrong, 409 that somebody else
         *     was quicker.
         */
        put: operations["publishDocument"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/documents/{kind}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Document History
         * @description Newest first, as far as versions are kept.
         */
        get: operations["documentHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/documents/{kind}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Roll Back
         * @description An older version is published once more, if it is still sound.
         */
        post: operations["rollBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/documents/{kind}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Document Version */
        get: operations["documentVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/policy/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay Policy
         * @description The questions of the last days that the policy judges otherwise than the published one, newest day
         *     first.
         */
        post: operations["replayPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/policy/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test Policy
         * @description What the policy would say of a text. Nothing is published.
         */
        post: operations["testPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Today
         * @description Numbers of the salon's own day.
         */
        get: operations["today"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/trends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Trends
         * @description Every day, oldest first.
         */
        get: operations["trends"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/unanswered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Unanswered
         * @description Questions that nothing was published on, those about the same thing together.
         */
        get: operations["unanswered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner/{assistant}/wishes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Wishes */
        get: operations["wishes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** BreakerView */
        BreakerView: {
            /** Reason */
            reason: string | null;
            /** Since */
            since: string | null;
            /**
             * State
             * @description closed | open | half_open
             */
            state: string;
        };
        /**
         * BudgetView
         * @description From `from` to less than `to` roubles; None is no bound.
         */
        BudgetView: {
            /** Count */
            count: number;
            /** From */
            from: number | null;
            /** To */
            to: number | null;
        };
        /** CallbackRowView */
        CallbackRowView: {
            /** Callback Id */
            callback_id: string;
            /** Car */
            car: string;
            /** Changed At */
            changed_at: string | null;
            /** Changed By */
            changed_by: string | null;
            /** Comment */
            comment: string;
            /** Convenient Time */
            convenient_time: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Kind
             * @description callback | test_drive
             */
            kind: string;
            /** Name */
            name: string;
            /** Note */
            note: string;
            /** Phone */
            phone: string;
            /** Session Id */
            session_id: string;
            /**
             * State
             * @description waiting | done | no_answer
             */
            state: string;
            /** Wished At */
            wished_at: string | null;
        };
        /**
         * CallbacksView
         * @description `by_hour` counts requests of any state by the hour of the salon's day.
         */
        CallbacksView: {
            /** By Hour */
            by_hour: number[];
            /** Callbacks */
            callbacks: components["schemas"]["CallbackRowView"][];
        };
        /**
         * ChallengeView
         * @description The first sign-in with a temporary password.
         */
        ChallengeView: {
            /**
             * Challenge
             * @description new_password
             */
            challenge: string;
            /** Session */
            session: string;
        };
        /**
         * ChangeCallback
         * @description `expected_state` is the state that was seen: two people at one list do not undo each other.
         */
        ChangeCallback: {
            /**
             * Expected State
             * @enum {string}
             */
            expected_state: "waiting" | "done" | "no_answer";
            /**
             * Note
             * @default
             */
            note?: string;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "done" | "no_answer";
        };
        /** CsatView */
        CsatView: {
            /** Count */
            count: number;
            /** Mean */
            mean: number | null;
        };
        /** DayView */
        DayView: {
            /** Answered Within 10 S */
            answered_within_10_s: number | null;
            /** Callbacks */
            callbacks: number;
            /**
             * Cost
             * @description US dollars, an estimate of the whole platform with all of its assistants, not divided among them: hours of the endpoint, questions and what is paid for every day, at list prices. null: nobody counted
             */
            cost: number | null;
            /** Csat */
            csat: number | null;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Dialogues */
            dialogues: number;
            /** Nps */
            nps: number | null;
            /** Refusals */
            refusals: number;
            /** Turns */
            turns: number;
            /** Unanswered */
            unanswered: number;
        };
        /**
         * DialogueRowView
         * @description `reasons` are those of its turns that were no plain answer; texts are masked.
         */
        DialogueRowView: {
            /** Csat */
            csat: number | null;
            /** First Question */
            first_question: string | null;
            /** Nps */
            nps: number | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Reasons */
            reasons: string[];
            /** Session Id */
            session_id: string;
            /** Turns */
            turns: number;
        };
        /**
         * DialoguesView
         * @description `cursor` is where to go on, None at the end. A page may be empty and not the last one.
         */
        DialoguesView: {
            /** Cursor */
            cursor: string | null;
            /** Dialogues */
            dialogues: components["schemas"]["DialogueRowView"][];
        };
        /**
         * DocumentVersionView
         * @description `summary` says in Russian what the version changed, a sentence a line.
         */
        DocumentVersionView: {
            /** Author */
            author: string;
            /**
             * Published At
             * Format: date-time
             */
            published_at: string;
            /** Summary */
            summary: string;
            /** Version */
            version: string;
        };
        /**
         * DocumentView
         * @description `version` is "seed" where nothing was published yet; then nobody is its author.
         */
        DocumentView: {
            /** Author */
            author: string | null;
            /** Published At */
            published_at: string | null;
            /** Value */
            value: {
                [key: string]: unknown;
            };
            /** Version */
            version: string;
        };
        /** ErrorBody */
        ErrorBody: {
            error: components["schemas"]["ErrorView"];
        };
        /** ErrorView */
        ErrorView: {
            /** Code */
            code: string;
            /** Fields */
            fields: components["schemas"]["FieldErrorView"][];
            /** Message */
            message: string;
            /** Request Id */
            request_id: string;
        };
        /** FieldErrorView */
        FieldErrorView: {
            /** Field */
            field: string;
            /** Message */
            message: string;
        };
        /** HistoryView */
        HistoryView: {
            /** Versions */
            versions: components["schemas"]["DocumentVersionView"][];
        };
        /**
         * JudgedOtherwiseView
         * @description `before` and `after` are topics, None where the question may pass. The question is masked.
         */
        JudgedOtherwiseView: {
            /** After */
            after: string | null;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Before */
            before: string | null;
            /** Question */
            question: string;
            /** Session Id */
            session_id: string;
        };
        /** MaskedDialogueView */
        MaskedDialogueView: {
            /** Comment */
            comment: string | null;
            /** Csat */
            csat: number | null;
            /** Ended At */
            ended_at: string | null;
            /**
             * Last Activity At
             * Format: date-time
             */
            last_activity_at: string;
            /** Nps */
            nps: number | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Session Id */
            session_id: string;
            /** Turns */
            turns: components["schemas"]["MaskedTurnView"][];
        };
        /** MaskedTurnView */
        MaskedTurnView: {
            /** Answer */
            answer: string | null;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Elapsed Ms */
            elapsed_ms: number | null;
            /** Message Id */
            message_id: string;
            /** Question */
            question: string;
            /** Reason */
            reason: string | null;
            /** Sources */
            sources: components["schemas"]["TitledSourceView"][];
            /** State */
            state: string;
            /** Thumb */
            thumb: string | null;
            /** Thumb Reason */
            thumb_reason: string | null;
            /** Topic */
            topic: string | null;
        };
        /** MeView */
        MeView: {
            /** Assistants */
            assistants: components["schemas"]["OwnedAssistantView"][];
            /** Email */
            email: string;
        };
        /** NameCountView */
        NameCountView: {
            /** Count */
            count: number;
            /** Name */
            name: string;
        };
        /**
         * NewPassword
         * @description The answer to the challenge `new_password`.
         */
        NewPassword: {
            /** Email */
            email: string;
            /** New Password */
            new_password: string;
            /** Session */
            session: string;
        };
        /** NpsView */
        NpsView: {
            /** Count */
            count: number;
            /**
             * Score
             * @description -100..100
             */
            score: number | null;
        };
        /** OwnedAssistantView */
        OwnedAssistantView: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Time Zone */
            time_zone: string;
        };
        /**
         * OwnersKind
         * @description What an owner edits.
         * @enum {string}
         */
        OwnersKind: "policy" | "knowledge" | "settings";
        /** PolicyVerdictView */
        PolicyVerdictView: {
            /** Phrase */
            phrase: string | null;
            /** Reply */
            reply: string | null;
            /** Topic */
            topic: string | null;
            /**
             * Verdict
             * @description allowed | refused
             */
            verdict: string;
        };
        /**
         * PublishDocument
         * @description `expected_version` is the version that the author saw; "seed" where nothing was published yet.
         */
        PublishDocument: {
            /** Expected Version */
            expected_version: string;
            /** Value */
            value: {
                [key: string]: unknown;
            };
        };
        /** PublishedView */
        PublishedView: {
            /** Version */
            version: string;
        };
        /** Refresh */
        Refresh: {
            /** Refresh Token */
            refresh_token: string;
        };
        /** ReplayPolicy */
        ReplayPolicy: {
            /**
             * Days
             * @default 30
             */
            days?: number;
            /** Policy */
            policy: {
                [key: string]: unknown;
            };
        };
        /**
         * ReplayedView
         * @description `read` questions were looked at; `complete` is false where there are more.
         */
        ReplayedView: {
            /** Changed */
            changed: components["schemas"]["JudgedOtherwiseView"][];
            /** Complete */
            complete: boolean;
            /** Read */
            read: number;
        };
        /**
         * RollBack
         * @description `version` is published once more, over `expected_version`.
         */
        RollBack: {
            /** Expected Version */
            expected_version: string;
            /** Version */
            version: string;
        };
        /** SignIn */
        SignIn: {
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /** SignedInView */
        SignedInView: {
            /** Access Token */
            access_token: string;
            /**
             * Expires In
             * @description seconds
             */
            expires_in: number;
            /** Refresh Token */
            refresh_token: string;
        };
        /**
         * Span
         * @enum {integer}
         */
        Span: 7 | 30 | 90;
        /** TestPolicy */
        TestPolicy: {
            /** Policy */
            policy: {
                [key: string]: unknown;
            };
            /** Text */
            text: string;
        };
        /** TitledSourceView */
        TitledSourceView: {
            /** Title */
            title: string;
        };
        /**
         * TodayView
         * @description `stock_as_of` is None where there is no stock.
         */
        TodayView: {
            /** Answered */
            answered: number;
            /** Answered Within 10 S */
            answered_within_10_s: number | null;
            breaker: components["schemas"]["BreakerView"];
            /** Callbacks Waiting */
            callbacks_waiting: number;
            /**
             * Cost Usd So Far
             * @description US dollars, an estimate of the whole platform with all of its assistants, not divided among them: hours of the endpoint, questions and what is paid for every day, at list prices. null: nobody counted
             */
            cost_usd_so_far: number | null;
            csat: components["schemas"]["CsatView"];
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Dialogues */
            dialogues: number;
            nps: components["schemas"]["NpsView"];
            /** Refusals */
            refusals: components["schemas"]["TopicCountView"][];
            /** Stock As Of */
            stock_as_of: string | null;
            /** Turns */
            turns: number;
            /** Unanswered */
            unanswered: number;
        };
        /** TopicCountView */
        TopicCountView: {
            /** Count */
            count: number;
            /** Topic */
            topic: string;
        };
        /** TrendsView */
        TrendsView: {
            /** Days */
            days: components["schemas"]["DayView"][];
        };
        /**
         * UnansweredGroupView
         * @description Questions about the same thing; `title` is the one nearest to all of them.
         */
        UnansweredGroupView: {
            /** Count */
            count: number;
            /** Questions */
            questions: components["schemas"]["UnansweredQuestionView"][];
            /** Title */
            title: string;
        };
        /** UnansweredQuestionView */
        UnansweredQuestionView: {
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Session Id */
            session_id: string;
            /** Text */
            text: string;
        };
        /**
         * UnansweredView
         * @description `complete` is false where older questions were left out.
         */
        UnansweredView: {
            /** Complete */
            complete: boolean;
            /** Groups */
            groups: components["schemas"]["UnansweredGroupView"][];
        };
        /** WishesView */
        WishesView: {
            /** Budgets Rub */
            budgets_rub: components["schemas"]["BudgetView"][];
            /** Colors */
            colors: components["schemas"]["NameCountView"][];
            /** Models */
            models: components["schemas"]["NameCountView"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInView"] | components["schemas"]["ChallengeView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    setNewPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    listCallbacks: {
        parameters: {
            query?: {
                state?: "waiting" | "done" | "no_answer" | "all";
            };
            header?: never;
            path: {
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbacksView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    changeCallback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
                callback_id: string;
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeCallback"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackRowView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    listDialogues: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description a day of the salon; 30 days ago if left out */
                from?: string | null;
                /** @description a day of the salon, included; today if left out */
                to?: string | null;
                /** @description words that one turn has, in any order */
                search?: string;
                state?: "all" | "answered" | "refused" | "failed" | "unanswered" | "rated";
            };
            header?: never;
            path: {
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DialoguesView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    exportDialogues: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description a day of the salon; 30 days ago if left out */
                from?: string | null;
                /** @description a day of the salon, included; today if left out */
                to?: string | null;
                /** @description words that one turn has, in any order */
                search?: string;
                state?: "all" | "answered" | "refused" | "failed" | "unanswered" | "rated";
            };
            header?: never;
            path: {
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    readDialogue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaskedDialogueView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    readDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: components["schemas"]["OwnersKind"];
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    publishDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: components["schemas"]["OwnersKind"];
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishDocument"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    documentHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: components["schemas"]["OwnersKind"];
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    rollBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: components["schemas"]["OwnersKind"];
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollBack"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    documentVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: components["schemas"]["OwnersKind"];
                version: string;
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    replayPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayPolicy"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    testPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestPolicy"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVerdictView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    today: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TodayView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    trends: {
        parameters: {
            query?: {
                days?: components["schemas"]["Span"];
            };
            header?: never;
            path: {
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrendsView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    unanswered: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path: {
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnansweredView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    wishes: {
        parameters: {
            query?: {
                days?: components["schemas"]["Span"];
            };
            header?: never;
            path: {
                assistant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WishesView"];
                };
            };
            /** @description sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unknown or expired */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Changed meanwhile: publication_conflict, callback_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A field is wrong; `fields` says which, in Russian. Of a document: the path into its value */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many tries to sign in; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store does not answer; the same request after `Retry-After` seconds is safe */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
}
