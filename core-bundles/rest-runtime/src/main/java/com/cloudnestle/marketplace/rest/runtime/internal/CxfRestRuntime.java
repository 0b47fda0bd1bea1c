package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.ProblemAnswers;
import com.cloudnestle.marketplace.rest.RestRuntime;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The one servlet behind every JAX-RS resource of the platform. Its pattern is the widest there is, so any servlet with
 * an exact address or a longer prefix goes before it. What nobody serves is answered 503 while the server starts, since it may
 * come yet; later it goes to the pages, if they are installed, and is answered 404 here if not.
 */
@Component(
        service = {RestRuntime.class, Servlet.class},
        property = {
            "osgi.http.whiteboard.servlet.name=marketplace-rest",
            "osgi.http.whiteboard.servlet.pattern=/*",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true"
        })
public final class CxfRestRuntime extends HttpServlet implements RestRuntime {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CxfRestRuntime.class);

    private final transient MountTable mounts = new MountTable();
    private final transient AtomicLong numbers = new AtomicLong();
    private final transient StartPhase start;
    private final transient Bus bus;

    /**
     * Serves what nobody else does. No servlet of the container: while others come and go, Jetty does not find each of its servlets
     * for a moment.
     */
    @Reference(target = "(marketplace.pages=true)", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    transient volatile @Nullable HttpServlet pages;

    @Activate
    public CxfRestRuntime(BundleContext bundles) {
        this(StartPhase.of(bundles));
    }

    /** Outside a container: all is there from the beginning. */
    public CxfRestRuntime() {
        this(StartPhase.NONE);
    }

    CxfRestRuntime(StartPhase start) {
        this.start = start;
        bus = inside(() -> new ExtensionManagerBus(Map.of(), Map.of(), CxfRestRuntime.class.getClassLoader()));
        BusFactory.clearDefaultBusForAnyThread(bus); // creating it made it the default, also of this thread
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl()); // else Response.ok() works on request threads only
    }

    @Deactivate
    void stop() {
        mounts.closeAll();
        bus.shutdown(true);
    }

    @Override
    public Mount mount(String path, List<Object> resources, CallGate gate) {
        MountTable.requireValid(path);
        mounts.requireFree(path);
        LiveMount mount = start(path, resources, gate);
        try {
            mounts.add(mount);
        } catch (IllegalArgumentException e) {
            mount.close();
            throw e;
        }
        LOG.info("mounted path={}", path);
        return mount;
    }

    Mount replace(LiveMount old, List<Object> resources, CallGate gate) {
        LiveMount fresh = start(old.path(), resources, gate);
        if (!mounts.swap(old, fresh)) {
            fresh.close();
            throw new IllegalStateException("mount " + old.path() + " is closed");
        }
        old.close();
        LOG.info("replaced path={}", old.path());
        return fresh;
    }

    void forget(LiveMount mount) {
        mounts.remove(mount);
    }

    private LiveMount start(String path, List<Object> resources, CallGate gate) {
        List<Object> copy = List.copyOf(resources);
        long number = numbers.incrementAndGet();
        return new LiveMount(path, inside(() -> CxfServer.start(bus, number, path, copy, gate)), this);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC && Passage.of(request).isPresent()) {
            goOn(Passage.of(request).get(), request); // a suspended call is resumed
            return;
        }
        String requestId = RequestIds.of(request);
        response.setHeader(ProblemAnswers.REQUEST_ID, requestId);
        Optional<LiveMount> mount = mounts.enter(request.getRequestURI());
        if (mount.isEmpty()) {
            if (start.lasts()) {
                StartingAnswer.send(request, response, requestId);
                return;
            }
            HttpServlet present = pages;
            if (present != null && reads(request)) {
                present.service((ServletRequest) request, response);
                return;
            }
            answer(response, requestId, new MarketplaceException(Problem.NOT_FOUND, "Nothing is served at this address."));
            return;
        }
        goOn(new Passage(requestId, mount.get(), request, response), request);
    }

    private static boolean reads(HttpServletRequest request) {
        return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
                && request.getDispatcherType() == DispatcherType.REQUEST;
    }

    private void goOn(Passage passage, HttpServletRequest original) throws IOException {
        MDC.put("requestId", passage.requestId());
        BusFactory.setThreadDefaultBus(bus);
        try {
            if (original.getDispatcherType() != DispatcherType.ASYNC) {
                BoundedRequest.requireAcceptable(original);
            }
            inside(() -> {
                passage.mount().server().call(getServletConfig(), passage.request(), passage.response());
                return passage;
            });
            passage.ended(null);
        } catch (MarketplaceException e) {
            passage.ended(e);
            answer(passage.response(), passage.requestId(), e);
        } catch (RuntimeException e) {
            passage.ended(e);
            failed(passage, e);
        } catch (IOException | Error e) { // a client that broke off must not keep the mount in use for ever
            passage.ended(e);
            throw e;
        } finally {
            BusFactory.setThreadDefaultBus(null);
            MDC.remove("requestId");
        }
    }

    /** What CXF could not turn into an answer: writing failed, or a bug of ours. */
    private void failed(Passage passage, RuntimeException failure) throws IOException {
        if (passage.response().isCommitted()) {
            // the client has a part of the answer: only a broken connection tells it that the rest is missing
            throw new IOException("answer of request " + passage.requestId() + " broke off", failure);
        }
        LOG.error("request failed requestId={}", passage.requestId(), failure);
        passage.response().resetBuffer();
        answer(passage.response(), passage.requestId(),
                new MarketplaceException(Problem.INTERNAL, FailureMapper.INTERNAL_DETAIL));
    }

    private static void answer(HttpServletResponse response, String requestId, MarketplaceException failure) throws IOException {
        byte[] body = ProblemAnswers.json(failure, requestId).getBytes(StandardCharsets.UTF_8);
        response.setStatus(failure.problem().status());
        ProblemAnswers.headers(failure).forEach(response::setHeader);
        response.setContentType(ProblemAnswers.CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static <T> T inside(Callable<T> work) {
        try {
            return ContextLoader.call(CxfRestRuntime.class.getClassLoader(), work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
