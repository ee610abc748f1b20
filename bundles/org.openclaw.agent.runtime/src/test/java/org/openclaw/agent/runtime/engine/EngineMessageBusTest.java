package org.openclaw.agent.runtime.engine;

class EngineMessageBusTest extends MessageBusContract {
    @Override
    Bench bench() {
        return new Bench().serving();
    }
}
