package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.solution.Metered;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cxf.jaxrs.JAXRSInvoker;
import org.apache.cxf.jaxrs.model.OperationResourceInfo;
import org.apache.cxf.jaxrs.model.Parameter;
import org.apache.cxf.jaxrs.model.ParameterType;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;

/**
 * Asks the gate before a metered method. It stands at the last step before the method itself: parameters are converted
 * and the body is read by then, so a request that cannot be understood costs nothing.
 */
final class MeteredInvoker extends JAXRSInvoker {

    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private static final List<Class<?>> WRITTEN_AS_THEY_ARE = List.of(
            Response.class, CharSequence.class, byte[].class, InputStream.class, Reader.class, File.class, StreamingOutput.class);

    private final CallGate gate;

    MeteredInvoker(CallGate gate) {
        this.gate = gate;
    }

    @Override
    protected Object performInvocation(Exchange exchange, Object resource, Method method, Object[] parameters) throws Exception {
        OperationResourceInfo operation = exchange.get(OperationResourceInfo.class);
        requireBody(operation, parameters);
        Optional<Metered> metered = metered(operation);
        if (metered.isPresent()) {
            HttpServletRequest request = request(exchange);
            Passage passage = Passage.of(request).orElseThrow();
            CallGate.Verdict verdict = gate.enter(call(metered.get(), request, passage.request()));
            if (verdict instanceof CallGate.Verdict.Refuse refusal) {
                return answer(refusal);
            }
            passage.passed((CallGate.Verdict.Pass) verdict);
        }
        produceJsonByDefault(exchange, operation);
        // the resource's code expects its own classes behind ServiceLoader and the like
        return ContextLoader.call(resource.getClass().getClassLoader(),
                () -> super.performInvocation(exchange, resource, method, parameters));
    }

    /** A resource method that takes a body is never called with null in its place. */
    private static void requireBody(OperationResourceInfo operation, Object[] parameters) {
        if (!METHODS_WITH_BODY.contains(String.valueOf(operation.getHttpMethod()))) {
            return;
        }
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.getType() == ParameterType.REQUEST_BODY && parameters[parameter.getIndex()] == null) {
                throw new MarketplaceException(Problem.MALFORMED_JSON, "The request has no body, or it is null.");
            }
        }
    }

    /** Without {@code @Produces} CXF would take the type from the Accept header, which for a browser is HTML. */
    private static void produceJsonByDefault(Exchange exchange, OperationResourceInfo operation) {
        boolean anything = operation.getProduceTypes().stream().allMatch(MediaType::isWildcardType);
        Class<?> result = operation.getMethodToInvoke().getReturnType();
        if (anything && WRITTEN_AS_THEY_ARE.stream().noneMatch(type -> type.isAssignableFrom(result))) {
            exchange.put(Message.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }

    private static Optional<Metered> metered(OperationResourceInfo operation) {
        if (operation.isSubResourceLocator()) {
            return Optional.empty();
        }
        Metered own = operation.getMethodToInvoke().getAnnotation(Metered.class);
        Method annotated = operation.getAnnotatedMethod();
        return Optional.ofNullable(own == null && annotated != null ? annotated.getAnnotation(Metered.class) : own);
    }

    private static HttpServletRequest request(Exchange exchange) {
        return (HttpServletRequest) exchange.getInMessage().get(AbstractHTTPDestination.HTTP_REQUEST);
    }

    private static CallGate.Call call(Metered metered, HttpServletRequest request, BoundedRequest whole) throws IOException {
        Map<String, String> headers = new HashMap<>();
        request.getHeaderNames().asIterator().forEachRemaining(
                name -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        return new CallGate.Call(metered.value(), metered.units(), address(request), headers, request.getRequestURI(),
                Fingerprint.of(whole));
    }

    /** The peer of the connection; Jetty writes IPv6 addresses with brackets, and link-local ones with a zone. */
    private static String address(HttpServletRequest request) {
        String address = request.getRemoteAddr().replaceAll("[\\[\\]]", "");
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static Response answer(CallGate.Verdict.Refuse refusal) {
        Response.ResponseBuilder answer = Response.status(refusal.status())
                .type(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .entity(refusal.json().getBytes(StandardCharsets.UTF_8));
        refusal.headers().forEach(answer::header);
        return answer.build();
    }
}
