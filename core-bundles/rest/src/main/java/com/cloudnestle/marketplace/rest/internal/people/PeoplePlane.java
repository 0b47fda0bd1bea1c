package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Serves what people do in their browsers, for as long as all of it can work. */
@Component(service = PeoplePlane.class, immediate = true)
public final class PeoplePlane {

    private final List<RestRuntime.Mount> mounts;

    @Activate
    public PeoplePlane(
            @Reference RestRuntime runtime,
            @Reference SignUpResource signUpResource,
            @Reference SignInResource signInResource,
            @Reference PasskeySignInResource passkeySignInResource,
            @Reference ProvidersResource providersResource,
            @Reference SetupResource setupResource,
            @Reference AccountResource accountResource,
            @Reference AccountSolutionsResource accountSolutionsResource,
            @Reference AccountKeysResource accountKeysResource,
            @Reference AuthenticatorResource authenticatorResource,
            @Reference PasskeysResource passkeysResource,
            @Reference IdentitiesResource identitiesResource,
            @Reference RegistrationResource registrationResource,
            @Reference ExchangeResource exchangeResource,
            @Reference AdminResource adminResource) {
        mounts = List.of(
                runtime.mount("/api/auth", List.of(signUpResource, signInResource, passkeySignInResource, providersResource),
                        CallGate.OPEN),
                runtime.mount("/api/setup", List.of(setupResource), CallGate.OPEN),
                runtime.mount("/api/account", List.of(accountResource, accountSolutionsResource, accountKeysResource,
                        authenticatorResource, passkeysResource, identitiesResource), CallGate.OPEN),
                runtime.mount("/api/registrations", List.of(registrationResource), CallGate.OPEN),
                runtime.mount("/api/exchange-code", List.of(exchangeResource), CallGate.OPEN),
                runtime.mount("/api/admin", List.of(adminResource), CallGate.OPEN));
    }

    @Deactivate
    public void close() {
        mounts.forEach(RestRuntime.Mount::close);
    }
}
