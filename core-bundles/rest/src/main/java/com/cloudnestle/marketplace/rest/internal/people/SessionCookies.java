package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.identity.Sessions;
import com.cloudnestle.marketplace.identity.Sessions.NewSession;
import com.cloudnestle.marketplace.rest.internal.edge.Cookies;
import com.cloudnestle.marketplace.rest.internal.edge.Cookies.Use;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Puts sessions into browsers and takes them out. */
@Component(service = SessionCookies.class)
public final class SessionCookies {

    private final Sessions sessions;
    private final Cookies cookies;

    @Activate
    public SessionCookies(@Reference Sessions sessions, @Reference Cookies cookies) {
        this.sessions = sessions;
        this.cookies = cookies;
    }

    /** After signing in. Whatever session the browser brought along ends: nobody keeps one that somebody else may know. */
    List<String> opened(HttpServletRequest request, NewSession fresh) {
        cookies.read(request, Use.SESSION).ifPresent(old -> end(old, fresh.session().id()));
        List<String> set = new ArrayList<>(replaced(fresh));
        for (Use over : List.of(Use.PENDING, Use.PROVIDER, Use.ADMINISTRATOR)) {
            cookies.read(request, over).ifPresent(old -> set.add(cookies.remove(over)));
        }
        return set;
    }

    /** When the secret of a session changed. */
    List<String> replaced(NewSession fresh) {
        List<String> set = new ArrayList<>();
        set.add(cookies.set(Use.SESSION, fresh.secret()));
        if (!fresh.deviceSecret().isEmpty()) {
            set.add(cookies.set(Use.DEVICE, fresh.deviceSecret()));
        }
        return set;
    }

    /** Ends the browser's session. */
    List<String> closed(HttpServletRequest request) {
        cookies.read(request, Use.SESSION).ifPresent(secret -> end(secret, ""));
        List<String> set = new ArrayList<>();
        set.add(cookies.remove(Use.SESSION));
        cookies.read(request, Use.PROVIDER).ifPresent(trip -> set.add(cookies.remove(Use.PROVIDER)));
        cookies.read(request, Use.ADMINISTRATOR).ifPresent(secret -> {
            end(secret, "");
            set.add(cookies.remove(Use.ADMINISTRATOR));
        });
        return set;
    }

    /** An administrator looks at another's account; their own session waits in a cookie of its own. */
    List<String> lent(HttpServletRequest request, NewSession lent) {
        List<String> set = new ArrayList<>();
        cookies.read(request, Use.SESSION).ifPresent(own -> set.add(cookies.set(Use.ADMINISTRATOR, own)));
        set.add(cookies.set(Use.SESSION, lent.secret()));
        return set;
    }

    /** The administrator's own session again, if it still lives. */
    List<String> givenBack(HttpServletRequest request, Sessions.Session lent) {
        sessions.end(lent.accountId(), lent.id(), lent.impersonator().map(Sessions.Impersonator::accountId).orElse(lent.accountId()));
        Optional<String> own = cookies.read(request, Use.ADMINISTRATOR)
                .filter(secret -> sessions.authenticate(secret)
                        .filter(session -> session.impersonator().isEmpty())
                        .filter(session -> lent.impersonator().filter(by -> by.accountId().equals(session.accountId())).isPresent())
                        .isPresent());
        return List.of(own.map(secret -> cookies.set(Use.SESSION, secret)).orElseGet(() -> cookies.remove(Use.SESSION)),
                cookies.remove(Use.ADMINISTRATOR));
    }

    Optional<String> pending(HttpServletRequest request) {
        return cookies.read(request, Use.PENDING);
    }

    String pendingSet(String secret) {
        return cookies.set(Use.PENDING, secret);
    }

    private void end(String secret, String unless) {
        sessions.authenticate(secret).filter(session -> !session.id().equals(unless))
                .ifPresent(session -> sessions.end(session.accountId(), session.id(), session.accountId()));
    }
}
