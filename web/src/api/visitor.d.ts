/** Made by `make openapi` from docs/. Not to be edited. */

export interface paths {
    "/v1/assistants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Assistants */
        get: operations["listAssistants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health
         * @description The model comes first, then the stocks: `degraded` is one too old to be spoken of as current.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open Session */
        post: operations["openSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase Session
         * @description Everything of the dialogue is deleted at once, an answer that is being made is thrown away.
         *
         *     It is noted first, so that no restored backup brings the dialogue back.
         */
        delete: operations["eraseSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions/{session_id}/brochures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Brochure
         * @description The same brochure to the same address again (a double click, a retry) is the same letter.
         *
         *     Offered where `brochures.by_email` of the session says so; elsewhere it is 409 `mail_not_offered`.
         */
        post: operations["sendBrochure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions/{session_id}/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request Callback
         * @description The same request again (a double click, a retry) is the same callback.
         */
        post: operations["requestCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions/{session_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End Session
         * @description The first end counts. Afterwards the dialogue can still be read and rated.
         */
        post: operations["endSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions/{session_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask Question
         * @description The answer, if it is ready within the deadline; otherwise the notice (202), and the answer later.
         */
        post: operations["askQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions/{session_id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Answer
         * @description Waits for text beyond `after`, or for the end. A question that nobody has taken yet is sent again.
         */
        get: operations["readAnswer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions/{session_id}/messages/{message_id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rate Answer
         * @description A thumb for one answer that has ended, with a reason.
         */
        put: operations["rateAnswer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions/{session_id}/messages/{message_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop Answer
         * @description The answer ends here: `answered` with what could be read of it, `refused` where nothing could.
         *
         *     `reason` is `stopped`. An answer that has ended stays as it is.
         */
        post: operations["stopAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions/{session_id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rate Dialogue
         * @description CSAT is 1 to 10, NPS 0 to 10. A gift code is the same on every repeat.
         */
        post: operations["rateDialogue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/sessions/{session_id}/test-drives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book Test Drive
         * @description Kept beside the callbacks, and taken when they are.
         */
        post: operations["bookTestDrive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{assistant}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count Visit
         * @description A campaign is counted apart where it has gift codes; anybody could make up another.
         */
        post: operations["countVisit"];
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
        /** AnswerRatedView */
        AnswerRatedView: {
            /**
             * Rated At
             * Format: date-time
             */
            rated_at: string;
        };
        /**
         * AskQuestion
         * @description `message_id` is the visitor's own name of the message: the same one again is the same message.
         */
        AskQuestion: {
            /** Message Id */
            message_id: string;
            /**
             * Text
             * @description 1 to 2000 characters, unless the assistant has another limit
             */
            text: string;
            /** Wait Seconds */
            wait_seconds?: number | null;
        };
        /** AssistantHealthView */
        AssistantHealthView: {
            /** Id */
            id: string;
            /** @description null for an assistant without a stock */
            snapshot: components["schemas"]["SnapshotView"] | null;
        };
        /** AssistantView */
        AssistantView: {
            /** Capabilities */
            capabilities: string[];
            /** Greeting */
            greeting: string;
            /** Id */
            id: string;
            /** Language */
            language: string;
            /** Name */
            name: string;
            office: components["schemas"]["OfficeView"];
            /** Retention */
            retention: string;
            terms: components["schemas"]["TermsView"];
        };
        /** AssistantsView */
        AssistantsView: {
            /** Assistants */
            assistants: components["schemas"]["AssistantView"][];
        };
        /**
         * BookTestDrive
         * @description `booking_id` is the visitor's own name of the booking: the same one again is the same booking. `car` is
         *     a VIN or a model in stock; day and time are the salon's.
         */
        BookTestDrive: {
            /** Booking Id */
            booking_id: string;
            /** Car */
            car: string;
            /**
             * Comment
             * @default
             */
            comment?: string;
            /**
             * Day
             * Format: date
             */
            day: string;
            /** Name */
            name: string;
            /** Phone */
            phone: string;
            /**
             * Time
             * @description HH:MM
             */
            time: string;
        };
        /** BreakerView */
        BreakerView: {
            /** Reason */
            reason: string | null;
            /** Since */
            since: string | null;
            /** State */
            state: string;
        };
        /** BrochuresView */
        BrochuresView: {
            /**
             * By Email
             * @description whether sendBrochure is offered; links are in answers anyway
             */
            by_email: boolean;
        };
        /** CallbackView */
        CallbackView: {
            /** Callback Id */
            callback_id: string;
            /** Message */
            message: string;
            /** State */
            state: string;
        };
        /** CallbacksView */
        CallbacksView: {
            /** Available */
            available: boolean;
        };
        /** CapacityView */
        CapacityView: {
            /** Changed At */
            changed_at: string | null;
            /**
             * Status
             * @description awake | warming | asleep | stopped
             */
            status: string;
        };
        /**
         * ConsentIn
         * @description `storage` must be true, `training` is asked for apart from it; `text_version` is the one shown.
         */
        ConsentIn: {
            /** Storage */
            storage: boolean;
            /** Text Version */
            text_version?: string | null;
            /**
             * Training
             * @default false
             */
            training?: boolean;
        };
        /**
         * CountVisit
         * @description How long a page of the salon's was looked at, told when it is left.
         */
        CountVisit: {
            /** Campaign */
            campaign?: string | null;
            /** Seconds */
            seconds: number;
            /** Used Assistant */
            used_assistant: boolean;
        };
        /** EndedView */
        EndedView: {
            /**
             * Ended At
             * Format: date-time
             */
            ended_at: string;
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
        /** FactView */
        FactView: {
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /** FeedbackView */
        FeedbackView: {
            /** Reason */
            reason: string;
            thumb: components["schemas"]["Thumb"];
        };
        /** FieldErrorView */
        FieldErrorView: {
            /** Field */
            field: string;
            /** Message */
            message: string;
        };
        /** HealthView */
        HealthView: {
            /** Assistants */
            assistants: components["schemas"]["AssistantHealthView"][];
            breaker: components["schemas"]["BreakerView"];
            capacity: components["schemas"]["CapacityView"];
            /**
             * State
             * @description ok | degraded (a stock is too old) | warming | resting (the model)
             */
            state: string;
        };
        /** LetterView */
        LetterView: {
            /** Letter Id */
            letter_id: string;
            /** Message */
            message: string;
            /**
             * State
             * @description sent | sending (another request does it this moment)
             */
            state: string;
        };
        /**
         * MessageView
         * @description One question and its answer.
         *
         *     `text` is what can be read from code point `after` on, `offset` is the next `after`. When `revision`
         *     changes, the text was begun anew: ask again with `after=0`. `notice` is what to tell the visitor beside
         *     the text: that the answer takes its time or, of a finished one, that the assistant rests or wakes up.
         */
        MessageView: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Elapsed Ms */
            elapsed_ms: number | null;
            /** Facts */
            facts: components["schemas"]["FactView"][];
            /** @description what the visitor has said of this answer */
            feedback: components["schemas"]["FeedbackView"] | null;
            /** Finished At */
            finished_at: string | null;
            /** Message Id */
            message_id: string;
            /** Notice */
            notice: string | null;
            /**
             * Offers
             * @description forms that fit the answer: callback, test_drive, brochure
             */
            offers: string[];
            /** Offset */
            offset: number;
            /** Reason */
            reason: string | null;
            /** Revision */
            revision: number;
            /** Sources */
            sources: components["schemas"]["SourceView"][];
            /** @description the last three are final */
            state: components["schemas"]["TurnState"];
            /** Stock As Of */
            stock_as_of: string | null;
            /** Text */
            text: string;
            versions: components["schemas"]["VersionsView"];
        };
        /**
         * OfficeView
         * @description `opens_at` is the next opening while closed, `closes_at` the closing while open.
         */
        OfficeView: {
            /** Closes At */
            closes_at: string | null;
            /** Hours */
            hours: {
                [key: string]: [
                    string,
                    string
                ];
            };
            /** Open */
            open: boolean;
            /** Opens At */
            opens_at: string | null;
            /** Time Zone */
            time_zone: string;
        };
        /**
         * OpenSession
         * @description `campaign` is that of the link which led the visitor here.
         */
        OpenSession: {
            /** Campaign */
            campaign?: string | null;
            consent: components["schemas"]["ConsentIn"];
        };
        /** RateAnswer */
        RateAnswer: {
            /**
             * Reason
             * @default
             */
            reason?: string;
            thumb: components["schemas"]["Thumb"];
        };
        /** RateDialogue */
        RateDialogue: {
            /**
             * Comment
             * @default
             */
            comment?: string;
            /** Csat */
            csat: number;
            /** Nps */
            nps?: number | null;
        };
        /** RatedView */
        RatedView: {
            /**
             * Gift Code
             * @description one a dialogue, where its campaign has some left
             */
            gift_code: string | null;
            /**
             * Rated At
             * Format: date-time
             */
            rated_at: string;
        };
        /** RequestCallback */
        RequestCallback: {
            /**
             * Comment
             * @default
             */
            comment?: string;
            /**
             * Convenient Time
             * @default
             */
            convenient_time?: string;
            /** Name */
            name: string;
            /** Phone */
            phone: string;
        };
        /**
         * SendBrochure
         * @description `brochure` is the id of a fact of kind `brochure`; `email` is used for this letter alone.
         */
        SendBrochure: {
            /** Brochure */
            brochure: string;
            /** Email */
            email: string;
        };
        /**
         * SessionView
         * @description `token` is shown this once. Durations are ISO 8601.
         */
        SessionView: {
            /**
             * Ask Nps
             * @description whether this dialogue is asked for its NPS, beside its rating
             */
            ask_nps: boolean;
            /** Assistant */
            assistant: string;
            brochures: components["schemas"]["BrochuresView"];
            callbacks: components["schemas"]["CallbacksView"];
            /** Greeting */
            greeting: string;
            /** Idle Timeout */
            idle_timeout: string;
            office: components["schemas"]["OfficeView"];
            /** Retention */
            retention: string;
            /** Session Id */
            session_id: string;
            terms: components["schemas"]["TermsView"];
            /** Token */
            token: string;
        };
        /** SnapshotView */
        SnapshotView: {
            /** Age Seconds */
            age_seconds: number | null;
            /** Exported At */
            exported_at: string | null;
            /** Fresh */
            fresh: boolean;
            /** Version */
            version: string | null;
        };
        /** SourceView */
        SourceView: {
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Title */
            title: string;
        };
        /** TermsView */
        TermsView: {
            /**
             * Link
             * @description the whole text: an https address, or a path on the API's own site
             */
            link: string | null;
            /** Storage */
            storage: string;
            /** Training */
            training: string;
            /** Version */
            version: string;
        };
        /**
         * Thumb
         * @enum {string}
         */
        Thumb: "up" | "down";
        /**
         * TurnState
         * @description `queued -> answering -> answered | refused | failed`; the last three are final.
         * @enum {string}
         */
        TurnState: "queued" | "answering" | "answered" | "refused" | "failed";
        /** VersionsView */
        VersionsView: {
            /** Knowledge */
            knowledge: string | null;
            /** Model */
            model: string | null;
            /** Policy */
            policy: string | null;
            /** Prompt */
            prompt: string | null;
            /** Snapshot */
            snapshot: string | null;
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
    listAssistants: {
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
                    "application/json": components["schemas"]["AssistantsView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    health: {
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
                    "application/json": components["schemas"]["HealthView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    openSession: {
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
                "application/json": components["schemas"]["OpenSession"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    eraseSession: {
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    sendBrochure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendBrochure"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LetterView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    requestCallback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestCallback"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    endSession: {
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
                    "application/json": components["schemas"]["EndedView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    askQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskQuestion"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description Not ready: a notice, and where to fetch the answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    readAnswer: {
        parameters: {
            query?: {
                wait_seconds?: number;
                /** @description How many code points were read already */
                after?: number;
                /** @description The revision that they were read from */
                revision?: number | null;
            };
            header?: never;
            path: {
                message_id: string;
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
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description Not ready: a notice, and where to fetch the answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    rateAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
                session_id: string;
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateAnswer"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerRatedView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    stopAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
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
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    rateDialogue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateDialogue"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatedView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    bookTestDrive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
                assistant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookTestDrive"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackView"];
                };
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
    countVisit: {
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
                "application/json": components["schemas"]["CountVisit"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A token of another session */
            403: {
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
            /** @description Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, office_closed, mail_not_offered */
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
            /** @description A field is wrong; `fields` says which, in Russian */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too many questions or letters; come back after `Retry-After` seconds */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description A store or the post does not answer; the same request after `Retry-After` seconds is safe */
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
