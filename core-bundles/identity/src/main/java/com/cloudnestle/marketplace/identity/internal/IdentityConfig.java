package com.cloudnestle.marketplace.identity.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator can decide about people. The limits of trials are those of one node. Two underscores make one in a key. */
@ObjectClassDefinition(name = "Marketplace identity")
public @interface IdentityConfig {

    @AttributeDefinition(description = "Days without use after which a session ends, 1 to 365")
    int session__idle__days() default 30;

    @AttributeDefinition(description = "Days after which a session ends in any case, 1 to 365")
    int session__days() default 90;

    @AttributeDefinition(description = "Wrong passwords for one account, from browsers not seen before, per hour")
    int tries__per__account__and__hour() default 20;

    @AttributeDefinition(description = "Wrong passwords from one network (IPv4 /24, IPv6 /64), per hour")
    int tries__per__network__and__hour() default 120;

    @AttributeDefinition(description = "Wrong passwords for one account from one network or one known browser, per hour")
    int tries__per__pair__and__hour() default 10;

    @AttributeDefinition(description = "Mails that strangers can cause to one address, per hour")
    int mails__per__address__and__hour() default 4;

    @AttributeDefinition(description = "Mails that one network can cause, per hour")
    int mails__per__network__and__hour() default 30;

    @AttributeDefinition(description = "Whether people are told by mail that most of a quota is used")
    boolean quota__warning__mails() default true;
}
