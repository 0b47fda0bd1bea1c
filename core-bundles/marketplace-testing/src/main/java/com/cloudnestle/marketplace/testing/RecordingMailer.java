package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.notification.Mailer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps mails for looking at; one whose key was accepted before is not taken again. Thread-safe. */
public final class RecordingMailer implements Mailer {

    private final List<Mail> mails = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    @Override
    public synchronized void send(Mail mail) {
        if (keys.add(mail.key())) {
            mails.add(mail);
        }
    }

    /** All that were accepted, the oldest first. */
    public synchronized List<Mail> mails() {
        return List.copyOf(mails);
    }

    /** What was said, the oldest first. */
    public synchronized List<Mail.Kind> kinds() {
        return mails.stream().map(Mail::kind).toList();
    }

    /** The latest of this kind. */
    public synchronized Mail last(Mail.Kind kind) {
        for (int i = mails.size() - 1; i >= 0; i--) {
            if (mails.get(i).kind() == kind) {
                return mails.get(i);
            }
        }
        throw new AssertionError("no mail of kind " + kind + ", only " + kinds());
    }

    /** Forgets those there were. */
    public synchronized void clear() {
        mails.clear();
    }
}
